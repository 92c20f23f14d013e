import { z } from "zod";

export const launchPlanSchema = z.strictObject({
  clientId: z.string(),
  contextId: z.string().optional(),
  /** Who launches: the first member with the role, or this very one; nobody launches anonymously. */
  as: z.enum(["instructor", "learner", "administrator", "anonymous"]).default("instructor"),
  userId: z.string().optional(),
  message: z
    .enum(["LtiResourceLinkRequest", "LtiDeepLinkingRequest"])
    .default("LtiResourceLinkRequest"),
  deploymentId: z.string().optional(),
  /** Default: the course's first link, or one of that course's own. */
  resourceLinkId: z.string().optional(),
  /** A column whose coupled line item the launch names. */
  lineItem: z.string().optional(),
  method: z.enum(["GET", "POST"]).default("POST"),
  /** Offers the platform's frame as storage for tools whose cookies are blocked. */
  storage: z.boolean().default(true),
  acceptTypes: z.array(z.string()).default(["ltiResourceLink"]),
  acceptMultiple: z.boolean().default(false),
  /** Left out of the settings where absent. */
  acceptLineItem: z.boolean().optional(),
  /** What the platform suggests as the link's title. */
  suggestedTitle: z.string().optional(),
});

export type LaunchPlan = z.output<typeof launchPlanSchema>;
