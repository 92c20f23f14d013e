import * as stored from "#lib/db/schedules/schedules.ts";
import { runsOfSchedules, type StartedRuns } from "#lib/db/schedules/week.ts";
import {
  addDays,
  blackoutAt,
  momentOf,
  timesBetween,
  wallTime,
  weekdayOf,
} from "#lib/sync/index.ts";
import type { Asker, Caller } from "../../caller.ts";
import { permit, registrationsOf } from "../../permit.ts";
import { validated } from "../../validated.ts";
import { blackoutsIn } from "./week-blackouts.ts";
import { type CalendarEntry, type ScheduleWeek, ScheduleWeekQuery } from "./week-schema.ts";

/** So many schedules, times to come and groups of runs are looked at for one week. */
const MOST_SCHEDULES = 500;
const MOST_TIMES = 5_000;
const MOST_GROUPS = 2_000;
/** Of one schedule: one of every quarter of an hour fits. */
const MOST_OF_ONE = 700;

/**
 * A week of what schedules start: runs that they have started with their state, the times to come, and
 * the blackouts in which nothing starts.
 */
export async function getScheduleWeek(
  asker: Asker,
  input: ScheduleWeekQuery,
): Promise<ScheduleWeek> {
  const caller = await permit(asker, "read", "within");
  const { day, timeZone, ...target } = validated(ScheduleWeekQuery, input);
  const now = caller.now();
  const today = wallTime(now, timeZone).date;
  const days = daysOfWeek(day ?? today, timeZone);
  const week = { startsAt: days[0]!.startsAt, endsAt: days.at(-1)!.endsAt };
  const within = registrationsOf(caller.actor);
  const { rows, total } = await stored.listSchedules(caller.db, {
    ...target,
    within,
    limit: MOST_SCHEDULES,
  });
  const started = await runsOfSchedules(caller.db, {
    ...target,
    within,
    limit: MOST_GROUPS,
    from: week.startsAt,
    until: week.endsAt,
  });
  const enabled = rows.filter(({ isEnabled }) => isEnabled);
  const planned = plannedIn(caller, { ...week, timeZone, now }, enabled);
  const entries = [
    ...started.map((runs) => startedEntry(runs, timeZone)),
    ...rows.flatMap((schedule) => skippedIn(schedule, { ...week, timeZone })),
    ...planned.entries,
  ];
  const blacked = enabled.map((row) => ({ ...row, blackouts: stored.blackoutsOf(row) }));
  return {
    timeZone,
    today,
    days: days.map(({ date, startsAt, endsAt }) => ({
      date,
      startsAt: startsAt.toISOString(),
      endsAt: endsAt.toISOString(),
    })),
    entries: byHour(entries),
    blackouts: blackoutsIn(week, blacked),
    left: planned.left + total - rows.length,
  };
}

function daysOfWeek(day: string, timeZone: string) {
  const monday = addDays(day, 1 - weekdayOf(day));
  return Array.from({ length: 7 }, (_, index) => {
    const date = addDays(monday, index);
    return {
      date,
      startsAt: momentOf({ date, minute: 0 }, timeZone),
      endsAt: momentOf({ date: addDays(date, 1), minute: 0 }, timeZone),
    };
  });
}

type Shown = { startsAt: Date; endsAt: Date; timeZone: string };

/** The times to come; `left` is of how many schedules there was no room for them. */
function plannedIn(
  { engine }: Caller,
  { startsAt, endsAt, timeZone, now }: Shown & { now: Date },
  schedules: readonly stored.ScheduleRow[],
): { entries: CalendarEntry[]; left: number } {
  const entries: CalendarEntry[] = [];
  const from = startsAt > now ? new Date(startsAt.getTime() - 1) : now;
  let left = 0;
  for (const schedule of from < endsAt ? schedules : []) {
    const most = Math.min(MOST_OF_ONE, MOST_TIMES - entries.length);
    const between = { from, until: endsAt, most };
    const { times, isCut } = timesBetween(schedule, between, engine.nextTimes);
    if (isCut) left += 1;
    const blackouts = stored.blackoutsOf(schedule);
    for (const at of times) {
      const isBlackedOut = blackoutAt(blackouts, at, schedule.timeZone) !== null;
      const state = isBlackedOut ? "blacked_out" : "planned";
      entries.push({ ...entryOf(schedule, at, timeZone), state });
    }
  }
  return { entries, left };
}

const MANY_COURSES = { courseId: null, courseTitle: null };

/** Those of one schedule, hour and state together, in the order of their times. */
function byHour(entries: readonly CalendarEntry[]): CalendarEntry[] {
  const joined = new Map<string, CalendarEntry>();
  for (const entry of [...entries].sort((a, b) => a.at.localeCompare(b.at))) {
    const { date, hour, scheduleId, state } = entry;
    const key = [date, hour, scheduleId, state].join(" ");
    const first = joined.get(key);
    if (!first) joined.set(key, { ...entry });
    else {
      first.count += entry.count;
      first.runId = null;
      if (first.courseId !== entry.courseId) Object.assign(first, MANY_COURSES);
    }
  }
  return [...joined.values()];
}

/** The last turn of a schedule where it started nothing: of earlier ones nothing is kept. */
function skippedIn(
  schedule: stored.ScheduleRow,
  { startsAt, endsAt, timeZone }: Shown,
): CalendarEntry[] {
  const { lastFiredAt: at, lastSkipReason: reason } = schedule;
  if (!at || reason === null || at < startsAt || at >= endsAt) return [];
  return [{ ...entryOf(schedule, at, timeZone), state: "skipped", reason }];
}

function entryOf(
  { id, registrationId, courseId, kind, registration, course }: stored.ScheduleRow,
  at: Date,
  timeZone: string,
): Omit<CalendarEntry, "state"> {
  return {
    ...placeOf(at, timeZone),
    count: 1,
    scheduleId: id,
    registrationId,
    courseId,
    kind,
    registrationName: registration.name,
    courseTitle: course?.title ?? null,
    reason: null,
    runId: null,
  };
}

function startedEntry({ at, ...facts }: StartedRuns, timeZone: string): CalendarEntry {
  return { ...facts, ...placeOf(at, timeZone), reason: null };
}

/** Where in the calendar a moment is. */
function placeOf(at: Date, timeZone: string) {
  const { date, minute } = wallTime(at, timeZone);
  return { date, hour: Math.floor(minute / 60), at: at.toISOString() };
}
