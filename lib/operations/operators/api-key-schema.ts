import { z } from "zod";
import { RIGHTS } from "#lib/auth/rights.ts";
import { Id, pageOf, Timestamp } from "../fields.ts";

export const Scope = z.enum(RIGHTS).meta({
  id: "ApiKeyScope",
  description:
    "read: everything but people's names; read:names: names, e-mail addresses and pictures too; scores:write: line items and scores; runs:write: runs, holds, schedules, pauses, tokens; registrations:write: registrations, courses, invitations; admin: all of these without names, and operators, keys and signing keys",
});
export type Scope = z.infer<typeof Scope>;

const DEFAULT_DAYS = 90;
const MOST_DAYS = 3_650;

export const ApiKeyInput = z
  .object({
    name: z.string().trim().min(1, "name is required").max(100),
    scopes: z
      .array(Scope)
      .min(1, "choose at least one")
      .default(["read"])
      .transform((scopes) => [...new Set(scopes)]),
    registrationIds: z
      .array(Id)
      .max(100)
      .default([])
      .meta({ description: "the registrations that the key is limited to; none: all of them" }),
    expiresInDays: z.coerce
      .number()
      .int()
      .min(1, "at least one day")
      .max(MOST_DAYS, `at most ${MOST_DAYS} days`)
      .nullable()
      .default(DEFAULT_DAYS)
      .meta({ description: "null: it does not expire" }),
  })
  .refine(({ scopes, registrationIds }) => isLimitable(scopes, registrationIds), {
    path: ["registrationIds"],
    message: "who may do everything cannot be limited to registrations",
  })
  .meta({ id: "ApiKeyInput" });
export type ApiKeyInput = z.input<typeof ApiKeyInput>;

/** An administrator acts on the whole installation. */
export function isLimitable(rights: readonly string[], registrationIds: readonly string[]) {
  return !rights.includes("admin") || registrationIds.length === 0;
}

export const ApiKeyRotation = z
  .object({
    overlapHours: z.coerce
      .number()
      .int()
      .min(0)
      .max(24 * 90)
      .meta({ description: "for so long the present key goes on beside its successor" }),
  })
  .meta({ id: "ApiKeyRotation" });
export type ApiKeyRotation = z.input<typeof ApiKeyRotation>;

export const ApiKeyView = z
  .object({
    id: Id,
    name: z.string(),
    prefix: z.string().meta({ description: "its first characters" }),
    scopes: z.array(Scope),
    registrationIds: z.array(Id).meta({ description: "none: all registrations" }),
    createdBy: z.string(),
    createdAt: Timestamp,
    expiresAt: Timestamp.nullable().meta({ description: "null: it does not expire" }),
    parentId: Id.nullable().meta({
      description: "the key that made it and that it is revoked with",
    }),
    replacesId: Id.nullable().meta({ description: "the key whose place it took" }),
    lastUsedAt: Timestamp.nullable(),
    lastUsedAddress: z.string().nullable().meta({ description: "where that use came from" }),
    revokedAt: Timestamp.nullable(),
  })
  .meta({ id: "ApiKey" });
export type ApiKeyView = z.infer<typeof ApiKeyView>;

export const ApiKeyCreated = ApiKeyView.extend({
  key: z.string().meta({ description: "shown once" }),
}).meta({ id: "ApiKeyCreated" });
export type ApiKeyCreated = z.infer<typeof ApiKeyCreated>;

export const ApiKeyPage = pageOf(ApiKeyView);
