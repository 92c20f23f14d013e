import { z } from "zod";
import { Id, PageQuery, pageOf, TimeRange, Timestamp } from "../fields.ts";
import { sortBy } from "../lists/sort.ts";

export const ApiKeyInput = z
  .object({ name: z.string().trim().min(1, "name is required").max(100) })
  .meta({ id: "ApiKeyInput" });
export type ApiKeyInput = z.infer<typeof ApiKeyInput>;

export const ApiKeyView = z
  .object({
    id: Id,
    name: z.string(),
    prefix: z.string().meta({ description: "its first characters" }),
    createdBy: z.string(),
    createdAt: Timestamp,
    lastUsedAt: Timestamp.nullable(),
    revokedAt: Timestamp.nullable(),
  })
  .meta({ id: "ApiKey" });
export type ApiKeyView = z.infer<typeof ApiKeyView>;

export const ApiKeyCreated = ApiKeyView.extend({
  key: z.string().meta({ description: "shown once" }),
}).meta({ id: "ApiKeyCreated" });
export type ApiKeyCreated = z.infer<typeof ApiKeyCreated>;

export const ApiKeyPage = pageOf(ApiKeyView);

export const OperatorView = z
  .object({
    id: z.string(),
    name: z.string(),
    email: z.string(),
    createdAt: Timestamp,
    lastSeenAt: Timestamp.nullable().meta({
      description: "of the sessions that still stand, when the latest was last renewed",
    }),
  })
  .meta({ id: "Operator" });
export type OperatorView = z.infer<typeof OperatorView>;

export const OperatorList = z.object({ items: z.array(OperatorView) });

export const AuditSource = z.enum(["operator", "api", "schedule", "system"]);
export type AuditSource = z.infer<typeof AuditSource>;

export const AuditEntryView = z
  .object({
    id: z.string(),
    at: Timestamp,
    actor: z.string(),
    source: AuditSource,
    action: z.string().meta({ example: "registration.create" }),
    object: z.string(),
    objectId: z.string().nullable(),
    detail: z.record(z.string(), z.unknown()).nullable(),
  })
  .meta({ id: "AuditEntry" });
export type AuditEntryView = z.infer<typeof AuditEntryView>;

export const AuditFilter = PageQuery.extend({
  object: z.string().max(50).optional(),
  objectId: z.string().max(100).optional(),
  source: AuditSource.optional(),
  actor: z.string().max(200).optional().meta({ description: "the actor's name contains" }),
  action: z.string().max(100).optional().meta({ example: "run.start" }),
  ...TimeRange,
  sort: sortBy(["at"], "-at"),
});
export type AuditFilter = z.infer<typeof AuditFilter>;
export const AuditPage = pageOf(AuditEntryView);
