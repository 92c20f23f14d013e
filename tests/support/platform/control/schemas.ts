import { z } from "zod";
import { ALL_SCOPES } from "#tests/support/platform/wire.ts";

const count = z.number().int().min(0);

/** `token_endpoint` and `issuer` stand for this platform's own; anything else is taken literally. */
export const audiencesSchema = z.array(z.string()).min(1);

export const registrationSchema = z.strictObject({
  clientId: z.string().min(1).optional(),
  /** Where the tool's public keys are fetched. */
  jwksUrl: z.url(),
  allowedScopes: z.array(z.string()).default([...ALL_SCOPES]),
  audiences: audiencesSchema.default(["token_endpoint"]),
  deploymentIds: z.array(z.string()).min(1).default(["1"]),
  name: z.string().optional(),
  /** Where logins start and launches are posted; without them nothing is launched. */
  loginUrl: z.url().optional(),
  launchUrl: z.url().optional(),
});

export const memberSchema = z.strictObject({
  userId: z.string(),
  /** Short names or URIs; default Learner. */
  roles: z.array(z.string()).optional(),
  status: z.string().optional(),
  name: z.string().optional(),
  givenName: z.string().optional(),
  middleName: z.string().optional(),
  familyName: z.string().optional(),
  email: z.string().optional(),
  picture: z.string().optional(),
  lisPersonSourcedId: z.string().optional(),
  /** The user ID under LTI 1.1. */
  lti11LegacyUserId: z.string().optional(),
  /** IDs of groups of the course. */
  groups: z.array(z.string()).optional(),
});

export const lineItemSchema = z.strictObject({
  label: z.string(),
  scoreMaximum: z.number().positive().default(100),
  resourceId: z.string().optional(),
  tag: z.string().optional(),
  resourceLinkId: z.string().optional(),
  startDateTime: z.string().optional(),
  endDateTime: z.string().optional(),
});

export const resourceLinkSchema = z.strictObject({
  id: z.string(),
  title: z.string().optional(),
  custom: z.record(z.string(), z.string()).default({}),
});

export const courseSchema = z.strictObject({
  contextId: z.string().min(1).optional(),
  title: z.string().default("Course"),
  label: z.string().optional(),
  deploymentId: z.string().default("1"),
  /** Registrations that may use the course; default: all. */
  clientIds: z.array(z.string()).optional(),
  /** How many to generate, or the very members. */
  members: z.union([count, z.array(memberSchema)]).default(0),
  /** Of the generated members, the first are instructors, then assistants; the last are inactive. */
  instructors: count.default(1),
  teachingAssistants: count.default(0),
  inactive: count.default(0),
  /** Where generated members start in the platform's people; courses share people where they overlap. */
  firstPerson: count.default(0),
  /** How many to generate, or the very line items. */
  lineItems: z.union([count, z.array(lineItemSchema)]).default([]),
  resourceLinks: z.array(resourceLinkSchema).default([]),
  /** Offered to tools where the course's scopes have the one of the Course Groups Service. */
  groups: z
    .array(
      z.strictObject({
        id: z.string(),
        name: z.string(),
        tag: z.string().optional(),
        setId: z.string().optional(),
      }),
    )
    .default([]),
  groupSets: z.array(z.strictObject({ id: z.string(), name: z.string() })).default([]),
  /** What the course's claims announce and its services accept. */
  scopes: z.array(z.string()).default([...ALL_SCOPES]),
  /** Query that every line item URL of the course carries, such as `type_id=4`. */
  lineItemQuery: z.string().optional(),
  /** Refuse scores for anyone who is not a Learner. */
  learnersOnly: z.boolean().optional(),
});

export const rosterChangeSchema = z.strictObject({
  contextId: z.string(),
  add: z.array(memberSchema).optional(),
  remove: z.array(z.string()).optional(),
  update: z.array(memberSchema.partial().required({ userId: true })).optional(),
});

export type RegistrationInput = z.output<typeof registrationSchema>;
export type CourseInput = z.output<typeof courseSchema>;
export type MemberInput = z.output<typeof memberSchema>;
export type LineItemInput = z.output<typeof lineItemSchema>;
export type RosterChangeInput = z.output<typeof rosterChangeSchema>;
