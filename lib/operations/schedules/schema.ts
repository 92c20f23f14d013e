import { z } from "zod";
import { Id, PageQuery, pageOf, Timestamp, Version } from "../fields.ts";
import { nonEmpty, partialOf } from "../partial.ts";
import { RunKind } from "../runs/schema.ts";

const time = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, "must be a time such as 08:00")
  .meta({ example: "08:00" });

const WeeklyBlackout = z
  .strictObject({
    days: z
      .array(z.int().min(1).max(7))
      .min(1, "name at least one day")
      .max(7)
      .meta({ description: "ISO weekdays on which it begins: 1 is Monday, 7 Sunday" }),
    from: time,
    to: time,
  })
  .refine(({ from, to }) => from !== to, { path: ["to"], message: "must differ from the start" })
  .meta({
    id: "WeeklyBlackout",
    description: "a time of the week; one that ends before it begins ends on the next day",
  });
export type WeeklyBlackout = z.infer<typeof WeeklyBlackout>;

const DatedBlackout = z
  .strictObject({
    firstDay: z.iso.date("must be a date such as 2026-12-19"),
    lastDay: z.iso.date("must be a date such as 2027-01-06"),
  })
  .refine(({ firstDay, lastDay }) => firstDay <= lastDay, {
    path: ["lastDay"],
    message: "must not be before the first day",
  })
  .meta({
    id: "DatedBlackout",
    description: "whole days, the last included, such as exam weeks or holidays",
  });

export const Blackout = z
  .union([WeeklyBlackout, DatedBlackout])
  .meta({ id: "Blackout", description: "nothing starts within, by the schedule's clock" });
export type Blackout = z.infer<typeof Blackout>;

export const ScheduleChange = z
  .object({
    kind: RunKind,
    cron: z
      .string()
      .trim()
      .min(1, "a cron expression is required")
      .max(200)
      .meta({ description: "minute, hour, day of month, month, day of week" }),
    timeZone: z
      .string()
      .trim()
      .min(1, "a time zone is required")
      .max(100)
      .meta({ description: "an IANA name", example: "Europe/Berlin" }),
    jitterSeconds: z
      .number()
      .int()
      .min(0)
      .max(21_600, "at most six hours")
      .default(0)
      .meta({ description: "runs start somewhere within so many seconds after the time" }),
    blackouts: z.array(Blackout).max(20).default([]),
    isEnabled: z.boolean().default(true),
  })
  .meta({ id: "ScheduleChange" });
export type ScheduleChange = z.infer<typeof ScheduleChange>;

export const SchedulePatch = nonEmpty(partialOf(ScheduleChange)).meta({ id: "SchedulePatch" });
export type SchedulePatch = z.infer<typeof SchedulePatch>;

export const ScheduleInput = ScheduleChange.extend({
  courseId: Id.optional().meta({ description: "one course" }),
  registrationId: Id.optional().meta({ description: "all courses of the registration" }),
})
  .refine(
    ({ courseId, registrationId }) => (courseId === undefined) !== (registrationId === undefined),
    { message: "a schedule names either a course or a registration", path: ["courseId"] },
  )
  .meta({ id: "ScheduleInput" });
export type ScheduleInput = z.infer<typeof ScheduleInput>;

export const ScheduledTime = z
  .object({
    at: Timestamp,
    local: z
      .string()
      .meta({ description: "in the schedule's zone", example: "Thu 26 Nov 2026, 02:00 CET" }),
    isBlackedOut: z.boolean().meta({ description: "falls into a blackout, so nothing starts" }),
  })
  .meta({ id: "ScheduledTime" });
export type ScheduledTime = z.infer<typeof ScheduledTime>;

export const ScheduleView = z
  .object({
    id: Id,
    version: Version,
    registrationId: Id,
    registrationName: z.string(),
    courseId: Id.nullable().meta({ description: "null: all courses of the registration" }),
    courseTitle: z.string().nullable(),
    ...ScheduleChange.shape,
    createdBy: z.string(),
    createdAt: Timestamp,
    lastFiredAt: Timestamp.nullable(),
    lastRunId: Id.nullable(),
    lastSkipReason: z
      .string()
      .nullable()
      .meta({ description: "why its last turn started nothing; null when it started something" }),
    nextTimes: z
      .array(ScheduledTime)
      .meta({ description: "the next ten; none while it is disabled" }),
  })
  .meta({ id: "Schedule" });
export type ScheduleView = z.infer<typeof ScheduleView>;

export const ScheduleFilter = PageQuery.extend({
  registrationId: Id.optional(),
  courseId: Id.optional(),
});
export type ScheduleFilter = z.infer<typeof ScheduleFilter>;

export const SchedulePage = pageOf(ScheduleView);

export const SchedulePreviewQuery = ScheduleChange.pick({ cron: true, timeZone: true }).extend({
  blackouts: z.string().max(2_000).optional().meta({
    description: "as people write them, with semicolons between",
    example: "Mon-Fri 08:00-18:00; 2026-12-19 to 2027-01-06",
  }),
});
export type SchedulePreviewQuery = z.infer<typeof SchedulePreviewQuery>;

export const SchedulePreview = z
  .object({ nextTimes: z.array(ScheduledTime) })
  .meta({ id: "SchedulePreview" });
export type SchedulePreview = z.infer<typeof SchedulePreview>;

export const ScheduleDeleted = z.object({ id: Id }).meta({ id: "ScheduleDeleted" });
export type ScheduleDeleted = z.infer<typeof ScheduleDeleted>;
