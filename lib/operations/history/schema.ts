import { z } from "zod";
import { Id, Timestamp } from "../fields.ts";

const count = z.number().int();
const Day = Timestamp.meta({ description: "its beginning, in UTC" });

const PlatformDay = z
  .object({
    calls: count,
    failed: count.meta({ description: "no answer, or a server error" }),
    throttled: count.meta({ description: "answered with 429" }),
    medianMs: z
      .number()
      .nullable()
      .meta({ description: "until the head of an answer, about; null where nothing was answered" }),
    p95Ms: z.number().nullable().meta({ description: "the same for 95 of 100 answers" }),
  })
  .meta({ id: "PlatformDay", description: "what runs asked of the platform" });

export const RegistrationDay = z
  .object({
    day: Day,
    runs: count.meta({ description: "runs that ended" }),
    runsFailed: count,
    membersAdded: count,
    membersRemoved: count,
    scoresSent: count.meta({ description: "by runs that ended on this day" }),
    scoresRejected: count.meta({ description: "with those that wait for a decision" }),
    platform: PlatformDay,
  })
  .meta({ id: "RegistrationDay" });
export type RegistrationDay = z.infer<typeof RegistrationDay>;

export const RegistrationHistory = z
  .object({
    days: z.array(RegistrationDay).meta({
      description: "thirty, oldest first; the last is under way",
    }),
    scoresWaiting: count.meta({ description: "now; 10,000 stands for more" }),
  })
  .meta({ id: "RegistrationHistory" });
export type RegistrationHistory = z.infer<typeof RegistrationHistory>;

export const CourseSync = z
  .object({
    runId: Id,
    at: Timestamp,
    state: z.enum(["succeeded", "held", "failed"]),
    added: count,
    removed: count,
    members: count.nullable().meta({
      description: "present afterwards; null where the roster was not known to its end",
    }),
  })
  .meta({ id: "CourseSync" });
export type CourseSync = z.infer<typeof CourseSync>;

const ScoreDay = z.object({ day: Day, sent: count, rejected: count }).meta({ id: "ScoreDay" });

export const CourseHistory = z
  .object({
    syncs: z.array(CourseSync).meta({
      description: "roster syncs of the last thirty days, oldest first; the latest sixty",
    }),
    hasEarlierSyncs: z.boolean().meta({ description: "there were more than these" }),
    days: z.array(ScoreDay).meta({ description: "thirty, oldest first; the last is under way" }),
  })
  .meta({ id: "CourseHistory" });
export type CourseHistory = z.infer<typeof CourseHistory>;
