import { z } from "zod";
import { Id, Timestamp } from "../fields.ts";

const Days = z
  .int("must be a whole number of days")
  .min(1, "must be at least one day")
  .max(36_500, "must be at most 36,500 days")
  .nullable();

const kept = (what: string) => Days.meta({ description: `${what}, in days; null: for ever` });

/** How long each class of data is kept. */
export const Retention = z
  .object({
    leftMembers: kept("names, addresses and pictures of people after they left a course"),
    rosterChanges: kept("what rosters changed, and members that could not be read"),
    outcomes: kept("the outcome of each score that was sent"),
    events: kept("the events of runs"),
    tokenRequests: kept("requests for tokens"),
    connectionTests: kept("connection tests, but each registration's last"),
    launchSessions: kept("pages that were launched in an LMS, after their end"),
    audit: kept("entries of the audit"),
  })
  .meta({ id: "Retention" });
export type Retention = z.infer<typeof Retention>;

export const RetentionView = Retention.extend({
  lastPass: z
    .object({
      startedAt: Timestamp,
      finishedAt: Timestamp.nullable().meta({
        description: "null where it did not come to its end",
      }),
      removed: z.record(z.string(), z.int()).meta({ description: "rows, by class" }),
    })
    .nullable()
    .meta({ description: "the last night's; null before the first" }),
}).meta({ id: "RetentionView" });
export type RetentionView = z.infer<typeof RetentionView>;

/** A person of one registration: a user ID means somebody within its platform alone. */
export const PersonInput = z
  .object({
    registrationId: Id,
    userId: z.string().min(1, "must not be empty").max(255),
  })
  .meta({ id: "PersonInput" });
export type PersonInput = z.infer<typeof PersonInput>;

export const PersonExport = z
  .object({
    registrationId: z.string(),
    userId: z.string(),
    exportedAt: Timestamp,
    rows: z
      .record(z.string(), z.array(z.unknown()))
      .meta({ description: "what is stored about the person, by table" }),
    mentions: z
      .array(
        z.object({ table: z.string(), id: z.string(), column: z.string(), value: z.unknown() }),
      )
      .meta({ description: "where else the person's ID, name or address stands" }),
  })
  .meta({ id: "PersonExport" });
export type PersonExport = z.infer<typeof PersonExport>;

export const ErasedPerson = z
  .object({
    id: z.string(),
    registrationId: z.string(),
    pseudonym: z.string().meta({ description: "stands in place of the user ID" }),
    touched: z.record(z.string(), z.int()).meta({ description: "rows, by table" }),
    erasedBy: z.string(),
    erasedAt: Timestamp,
    listedAgainAt: Timestamp.nullable().meta({
      description: "when a roster was first seen to list the person again",
    }),
  })
  .meta({ id: "ErasedPerson" });
export type ErasedPerson = z.infer<typeof ErasedPerson>;

export const ErasedPeople = z.object({ items: z.array(ErasedPerson) });
