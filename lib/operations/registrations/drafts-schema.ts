import { z } from "zod";
import { Id, PageQuery, pageOf, Timestamp, Version } from "../fields.ts";
import { nonEmpty, partialOf } from "../partial.ts";
import { AssertionAudience, AssertionTyp, Profile } from "./schema.ts";

/** Where the wizard goes on: a way, the connection test, or the wait for a launch. */
export const DraftStep = z
  .enum(["way", "tool", "dynamic", "json", "by_hand", "key", "test", "launch"])
  .meta({ id: "RegistrationDraftStep" });
export type DraftStep = z.infer<typeof DraftStep>;

export const DraftWay = z.enum(["tool", "dynamic", "json", "by_hand"]).meta({
  id: "RegistrationWay",
  description:
    "a tool that has its registration already, Dynamic Registration, a JSON configuration to paste, or values typed by hand",
});
export type DraftWay = z.infer<typeof DraftWay>;

const typed = z.string().max(2000);

/** As typed: what a registration needs is checked when it becomes one. */
export const DraftValues = z
  .strictObject({
    name: z.string().max(200),
    environment: typed.meta({ description: "where the platform is hosted" }),
    site: typed.meta({ description: "address of a platform on its own site" }),
    way: DraftWay,
    issuer: typed,
    clientId: typed,
    tokenEndpoint: typed,
    authorizationEndpoint: typed,
    jwksUrl: typed,
    audience: AssertionAudience,
    audienceValues: z.array(typed).max(10),
    assertionTyp: AssertionTyp,
    profileOverrides: z.record(z.string().max(60), z.string().max(60)),
    deploymentIds: z.array(typed).max(500),
    invitationId: Id.meta({ description: "the invitation that was made for it" }),
    registrationId: Id.meta({ description: "the registration that it became" }),
  })
  .partial()
  .meta({ id: "RegistrationDraftValues" });
export type DraftValues = z.infer<typeof DraftValues>;

export const DraftInput = z
  .object({
    profile: Profile,
    step: DraftStep.optional(),
    values: DraftValues.default({}),
  })
  .meta({ id: "RegistrationDraftInput" });
export type DraftInput = z.input<typeof DraftInput>;

export const DraftPatch = nonEmpty(partialOf(DraftInput)).meta({ id: "RegistrationDraftPatch" });
export type DraftPatch = z.infer<typeof DraftPatch>;

export const DraftView = z
  .object({
    id: Id,
    version: Version,
    profile: Profile,
    step: DraftStep,
    values: DraftValues,
    createdAt: Timestamp,
    updatedAt: Timestamp,
  })
  .meta({ id: "RegistrationDraft" });
export type DraftView = z.infer<typeof DraftView>;

export const DraftFilter = PageQuery;
export const DraftPage = pageOf(DraftView);
