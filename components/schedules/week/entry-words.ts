import { KIND_WORDS } from "#components/runs/kind-words.ts";
import type { Shown } from "#components/states/shown.ts";
import { PLANNED_STATES, RUN_STATES } from "#components/states/tables/runs.ts";
import { formatHour } from "#lib/format.ts";
import type { RunState } from "#lib/operations/runs/schema.ts";
import type { CalendarEntry } from "#lib/operations/schedules/week/week-schema.ts";

/** Whether it is the state of a run that was started. */
export function isStarted(state: CalendarEntry["state"]): state is RunState {
  return !(state in PLANNED_STATES);
}

export function shownState({ state }: CalendarEntry): Shown {
  return isStarted(state) ? RUN_STATES[state] : PLANNED_STATES[state];
}

/** When, by the reader's clock: the first of several. */
export function entryTime({ at, count }: CalendarEntry, timeZone: string): string {
  return `${formatHour(at, timeZone)}${count > 1 ? ` ×${count}` : ""}`;
}

/** What it starts: “Rosters of Biology 101”. */
export function entryTitle({ kind, courseTitle, registrationName }: CalendarEntry): string {
  return courseTitle === null
    ? `${KIND_WORDS[kind].about(null)}, ${registrationName}`
    : KIND_WORDS[kind].about(courseTitle);
}

/** The run, its runs of that day, or the schedule that has yet to start one. */
export function entryHref(entry: CalendarEntry): string {
  const { state, runId, scheduleId, registrationId, date } = entry;
  if (!isStarted(state)) return `/schedules/${scheduleId}`;
  if (runId) return `/runs/${runId}`;
  const filter = { registrationId, trigger: "schedule", since: date, until: date };
  return `/runs?${new URLSearchParams(filter).toString()}`;
}
