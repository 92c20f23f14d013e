import { z } from "zod";
import { Id, Timestamp } from "../../fields.ts";
import { RunKind, RunState } from "../../runs/schema.ts";
import { isTimeZone } from "../next-times.ts";

export const ScheduleWeekQuery = z.object({
  day: z.iso
    .date("must be a date such as 2026-12-02")
    .optional()
    .meta({ description: "a day of the week that is wanted; today where it is left out" }),
  timeZone: z
    .string()
    .refine(isTimeZone, "must be a time zone such as Europe/Berlin")
    .meta({ description: "by whose clock days begin", example: "Europe/Berlin" }),
  registrationId: Id.optional(),
  courseId: Id.optional(),
});
export type ScheduleWeekQuery = z.infer<typeof ScheduleWeekQuery>;

const CalendarEntry = z
  .object({
    date: z.iso.date(),
    hour: z.int().min(0).max(23),
    at: Timestamp.meta({ description: "the first of them" }),
    count: z.int().meta({ description: "of one schedule within one hour" }),
    scheduleId: Id,
    registrationId: Id,
    registrationName: z.string(),
    courseId: Id.nullable(),
    courseTitle: z.string().nullable().meta({ description: "null for several or all courses" }),
    kind: RunKind,
    state: z
      .union([z.literal(["planned", "blacked_out", "skipped"]), RunState])
      .meta({ description: "what is to come, or of runs the state that they are in" }),
    reason: z.string().nullable().meta({ description: "why a turn was skipped" }),
    runId: Id.nullable().meta({ description: "where it is one run" }),
  })
  .meta({ id: "CalendarEntry" });
export type CalendarEntry = z.infer<typeof CalendarEntry>;

const CalendarBlackout = z
  .object({
    from: Timestamp,
    until: Timestamp,
    words: z.string().meta({ example: "Mon–Fri 08:00–18:00 (Europe/Berlin)" }),
    schedules: z.int().meta({ description: "how many schedules it is of" }),
  })
  .meta({ id: "CalendarBlackout" });
export type CalendarBlackout = z.infer<typeof CalendarBlackout>;

export const ScheduleWeek = z
  .object({
    timeZone: z.string(),
    today: z.iso.date(),
    days: z
      .array(z.object({ date: z.iso.date(), startsAt: Timestamp, endsAt: Timestamp }))
      .meta({ description: "Monday to Sunday" }),
    entries: z.array(CalendarEntry).meta({ description: "in the order of their times" }),
    blackouts: z.array(CalendarBlackout),
    left: z.int().meta({
      description: "schedules whose times to come are left out, because there are very many",
    }),
  })
  .meta({ id: "ScheduleWeek" });
export type ScheduleWeek = z.infer<typeof ScheduleWeek>;
