import { CalendarClock, CircleSlash, type LucideIcon } from "lucide-react";
import { KIND_WORDS } from "#components/runs/kind-words.ts";
import { STATES } from "#components/states/states.ts";
import type { Tone } from "#components/ui/text/status.tsx";
import { formatHour } from "#lib/format.ts";
import type { RunState } from "#lib/operations/runs/schema.ts";
import type { CalendarEntry } from "#lib/operations/schedules/week/week-schema.ts";

const NOT_RUNS: Record<"planned" | "blacked_out" | "skipped", Shown> = {
  planned: { tone: "active", icon: CalendarClock, word: "Planned" },
  blacked_out: { tone: "idle", icon: CircleSlash, word: "In a blackout" },
  skipped: { tone: "warn", icon: CircleSlash, word: "Skipped" },
};

type Shown = { tone: Tone; icon: LucideIcon; word: string };

/** Whether it is the state of a run that was started. */
export function isStarted(state: CalendarEntry["state"]): state is RunState {
  return !(state in NOT_RUNS);
}

export function shownState({ state }: CalendarEntry): Shown {
  return isStarted(state) ? STATES.run[state] : NOT_RUNS[state];
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
