import { z } from "zod";
import { ROLES } from "#lib/auth/rights.ts";
import { Id, PageQuery, pageOf, TimeRange, Timestamp } from "../fields.ts";
import { sortBy } from "../lists/sort.ts";
import { isLimitable } from "./api-key-schema.ts";
import { NewOperatorFields } from "./sign-in-schema.ts";

export const Role = z.enum(ROLES).meta({
  id: "Role",
  description:
    "viewer: reads; operator: runs, scores, registrations and courses too; admin: everything, and people and keys",
});

const registrationIds = z
  .array(Id)
  .max(100)
  .default([])
  .meta({ description: "the registrations that the person is limited to; none: all of them" });

const SeesNames = z.boolean().meta({
  description: "sees the names, e-mail addresses and pictures of people in rosters",
});

const LIMIT = {
  path: ["registrationIds"],
  message: "an admin cannot be limited to registrations",
};

/** Somebody who chooses a password by a link, or signs in elsewhere. */
export const InvitedOperator = z
  .object({
    name: NewOperatorFields.name,
    email: NewOperatorFields.email,
    role: Role.default("viewer"),
    seesNames: SeesNames.default(false),
    registrationIds,
  })
  .refine(({ role, registrationIds }) => isLimitable([role], registrationIds), LIMIT);

export const OperatorInput = InvitedOperator.safeExtend({
  password: NewOperatorFields.password,
}).meta({ id: "OperatorInput" });
export type OperatorInput = z.input<typeof OperatorInput>;

export const OperatorAccess = z
  .object({ role: Role, seesNames: SeesNames, registrationIds })
  .refine(({ role, registrationIds }) => isLimitable([role], registrationIds), LIMIT)
  .meta({ id: "OperatorAccess" });
export type OperatorAccess = z.input<typeof OperatorAccess>;

export const OperatorView = z
  .object({
    id: z.string(),
    name: z.string(),
    email: z.string(),
    role: Role,
    seesNames: SeesNames,
    registrationIds: z.array(Id).meta({ description: "none: all registrations" }),
    createdAt: Timestamp,
    lastSeenAt: Timestamp.nullable().meta({
      description: "of the sessions that still stand, when the latest was last renewed",
    }),
    signsInBy: z.array(z.enum(["password", "single_sign_on"])).meta({
      description: "none: the person is invited and has not signed in yet",
    }),
    secondFactors: z.array(z.enum(["app", "passkey"])).meta({
      description: "what is asked beside a password, or in place of it; none: nothing",
    }),
    accessByRule: z.boolean().meta({
      description: "a rule of single sign-on says at each sign-in what this person may do",
    }),
    linkEndsAt: Timestamp.nullable().meta({
      description: "until when a link to choose a password is good",
    }),
  })
  .meta({ id: "Operator" });
export type OperatorView = z.infer<typeof OperatorView>;

export const OperatorList = z.object({ items: z.array(OperatorView) });

const AuditSource = z.enum(["operator", "api", "schedule", "system", "anonymous"]);
export type AuditSource = z.infer<typeof AuditSource>;

const AuditActorKind = z.enum(["operator", "api_key", "system", "anonymous"]);

export const AuditEntryView = z
  .object({
    id: z.string(),
    at: Timestamp,
    actor: z.string().meta({ description: "the name that the actor had then" }),
    actorKind: AuditActorKind,
    actorId: z.string().nullable(),
    source: AuditSource,
    action: z.string().meta({ example: "registration.create" }),
    object: z.string(),
    objectId: z.string().nullable(),
    objectName: z.string().nullable().meta({
      description: "what the object is called now; a run, hold or schedule by its course",
    }),
    detail: z.record(z.string(), z.unknown()).nullable(),
    address: z.string().nullable().meta({ description: "where the request came from" }),
    requestId: z.string().nullable(),
    times: z.number().int().meta({
      description: "how often: what anybody can cause is counted within a minute",
    }),
  })
  .meta({ id: "AuditEntry" });
export type AuditEntryView = z.infer<typeof AuditEntryView>;

export const AuditFilter = PageQuery.extend({
  object: z.string().max(50).optional(),
  objectId: z.string().max(100).optional(),
  source: AuditSource.optional(),
  actor: z.string().max(200).optional().meta({ description: "the actor's name contains" }),
  actorId: z.string().max(100).optional().meta({ description: "of an operator or an API key" }),
  action: z.string().max(100).optional().meta({ example: "run.start" }),
  q: z.string().trim().min(1).max(200).optional().meta({
    description: "actor, act, ID of the object, address, request ID or detail contains",
  }),
  ...TimeRange,
  sort: sortBy(["at"], "-at"),
});
export type AuditFilter = z.infer<typeof AuditFilter>;
export const AuditPage = pageOf(AuditEntryView);
