import { z } from "zod";
import { Id, Timestamp } from "../fields.ts";
import { RunKind } from "../runs/schema.ts";

export const ActivityPeriod = z.enum(["24h", "7d", "30d"]);
export type ActivityPeriod = z.infer<typeof ActivityPeriod>;

export const ActivityQuery = z.object({ period: ActivityPeriod.default("24h") });
export type ActivityQuery = z.infer<typeof ActivityQuery>;

const totals = {
  members: z.number().int().meta({ description: "members read" }),
  scores: z.number().int().meta({ description: "scores that platforms accepted" }),
  failures: z.number().int().meta({ description: "rosters that failed and scores rejected" }),
};

export const ActivityStep = z
  .object({
    at: Timestamp.meta({ description: "its beginning" }),
    ...totals,
    tokenRequests: z.number().int(),
    tokenReuses: z.number().int().meta({ description: "token requests that sharing saved" }),
  })
  .meta({ id: "ActivityStep" });
export type ActivityStep = z.infer<typeof ActivityStep>;

export const ActivityStripRow = z
  .object({
    registrationId: Id,
    registrationName: z.string(),
    runs: z.array(z.number().int()).meta({ description: "runs of each step" }),
    failed: z.array(z.number().int()).meta({
      description: "of these, those that failed, partly or wholly, or were held",
    }),
  })
  .meta({ id: "ActivityOfRegistration" });
export type ActivityStripRow = z.infer<typeof ActivityStripRow>;

export const UpcomingSync = z
  .object({
    scheduleId: Id,
    kind: RunKind,
    registrationId: Id,
    registrationName: z.string(),
    courseId: Id.nullable(),
    courseTitle: z.string().nullable(),
    at: Timestamp,
  })
  .meta({ id: "UpcomingSync" });
export type UpcomingSync = z.infer<typeof UpcomingSync>;

export const Activity = z
  .object({
    period: ActivityPeriod,
    stepSeconds: z.number().int(),
    steps: z.array(ActivityStep).meta({ description: "oldest first; the last is under way" }),
    before: z.object(totals).meta({ description: "the same over the period before" }),
    causes: z
      .array(z.object({ code: z.string(), runs: z.number().int(), lastRunId: Id }))
      .meta({ description: "why runs failed, the most common first" }),
    registrations: z
      .array(ActivityStripRow)
      .meta({ description: "those in whose runs most failed first; at most twelve" }),
    upcoming: z.array(UpcomingSync).meta({ description: "what schedules start next" }),
  })
  .meta({ id: "Activity" });
export type Activity = z.infer<typeof Activity>;
