import * as schedules from "#lib/operations/schedules/schedules.ts";
import {
  ScheduleDeleted,
  ScheduleFilter,
  ScheduleInput,
  SchedulePage,
  SchedulePatch,
  SchedulePreview,
  SchedulePreviewQuery,
  ScheduleView,
} from "#lib/operations/schedules/schema.ts";
import { getScheduleWeek } from "#lib/operations/schedules/week/week.ts";
import { ScheduleWeek, ScheduleWeekQuery } from "#lib/operations/schedules/week/week-schema.ts";
import { defineRoute } from "../../route.ts";

const tag = "Schedules";
const result = ScheduleView;
const version = (schedule: { version: string }) => schedule.version;

const NIGHTLY = {
  kind: "roster_sync",
  cron: "0 2 * * *",
  timeZone: "Europe/Berlin",
  jitterSeconds: 1800,
} as const;

const EXAMPLE = {
  ...NIGHTLY,
  blackouts: [
    { days: [1, 2, 3, 4, 5], from: "08:00", to: "18:00" },
    { firstDay: "2026-12-19", lastDay: "2027-01-06" },
  ],
};

const KEEPS = "A field that is left out keeps its value.";

export const scheduleRoutes = [
  defineRoute("GET", "/schedules", {
    id: "listSchedules",
    tag,
    summary: "List schedules, oldest first",
    query: ScheduleFilter,
    result: SchedulePage,
    operate: schedules.listSchedules,
  }),
  defineRoute("POST", "/schedules", {
    id: "createSchedule",
    tag,
    summary: "Add a schedule to a course or a registration",
    description: "A schedule of grades starts one run for each course whose scores wait.",
    body: ScheduleInput,
    example: { ...EXAMPLE, registrationId: "01939f2e-7b5a-7c4e-9a55-0d0f9d1a8a11" },
    status: 201,
    result,
    version,
    location: ({ id }) => `/schedules/${id}`,
    operate: schedules.createSchedule,
  }),
  defineRoute("GET", "/schedule-preview", {
    id: "previewSchedule",
    tag,
    summary: "Read the next ten times of a cron expression, and which fall into a blackout",
    query: SchedulePreviewQuery,
    result: SchedulePreview,
    operate: schedules.previewSchedule,
  }),
  defineRoute("GET", "/schedule-week", {
    id: "getScheduleWeek",
    tag,
    summary: "Read a week of runs that schedules started, times to come and blackouts",
    query: ScheduleWeekQuery,
    result: ScheduleWeek,
    operate: getScheduleWeek,
  }),
  defineRoute("GET", "/schedules/{scheduleId}", {
    id: "getSchedule",
    tag,
    summary: "Read a schedule, with its next ten times",
    result,
    version,
    operate: schedules.getSchedule,
  }),
  defineRoute("PUT", "/schedules/{scheduleId}", {
    id: "updateSchedule",
    tag,
    summary: "Change a schedule",
    description: KEEPS,
    body: SchedulePatch,
    example: EXAMPLE,
    result,
    version,
    operate: schedules.updateSchedule,
  }),
  defineRoute("PATCH", "/schedules/{scheduleId}", {
    id: "patchSchedule",
    tag,
    summary: "Change some fields of a schedule",
    description: KEEPS,
    body: SchedulePatch,
    example: { cron: "0 3 * * *" },
    result,
    version,
    operate: schedules.updateSchedule,
  }),
  defineRoute("DELETE", "/schedules/{scheduleId}", {
    id: "deleteSchedule",
    tag,
    summary: "Delete a schedule; runs that it started go on",
    result: ScheduleDeleted,
    isConditional: true,
    operate: schedules.deleteSchedule,
  }),
  defineRoute("POST", "/schedules/{scheduleId}/enable", {
    id: "enableSchedule",
    tag,
    summary: "Let a schedule start runs",
    result,
    operate: schedules.enableSchedule,
  }),
  defineRoute("POST", "/schedules/{scheduleId}/disable", {
    id: "disableSchedule",
    tag,
    summary: "Keep a schedule from starting runs",
    result,
    operate: schedules.disableSchedule,
  }),
];
