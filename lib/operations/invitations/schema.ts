import { z } from "zod";
import { Id, PageQuery, pageOf, Problem, Timestamp } from "../fields.ts";
import { Profile } from "../registrations/schema.ts";

export const InvitationInput = z
  .object({
    name: z.string().trim().min(1, "name is required").max(200),
    profile: Profile.default("other"),
    days: z.coerce
      .number()
      .int()
      .min(1)
      .max(30)
      .default(7)
      .meta({ description: "how long the link is good" }),
  })
  .meta({ id: "InvitationInput" });
export type InvitationInput = z.infer<typeof InvitationInput>;

export const InvitationView = z
  .object({
    id: Id,
    name: z.string(),
    profile: Profile,
    state: z
      .enum(["open", "opened", "used", "expired", "revoked"])
      .meta({ description: "opened: the LMS followed the link and has not finished" }),
    createdBy: z.string(),
    createdAt: Timestamp,
    expiresAt: Timestamp,
    openedAt: Timestamp.nullable(),
    usedAt: Timestamp.nullable(),
    problem: Problem.nullable().meta({ description: "why the last try failed" }),
    registrationId: Id.nullable(),
  })
  .meta({ id: "Invitation" });
export type InvitationView = z.infer<typeof InvitationView>;

export const InvitationCreated = InvitationView.extend({
  url: z.string().meta({ description: "the registration URL to give to the LMS; shown once" }),
}).meta({ id: "InvitationCreated" });
export type InvitationCreated = z.infer<typeof InvitationCreated>;

export const InvitationFilter = PageQuery;
export const InvitationPage = pageOf(InvitationView);
