import { blackoutAt, type Engine, lastsUntil } from "#lib/sync/index.ts";
import { formatBlackout } from "#lib/format.ts";
import { type FieldErrors, InvalidInput } from "../errors.ts";
import type { Blackout, ScheduledTime } from "./schema.ts";

export type Recurrence = { cron: string; timeZone: string; blackouts: readonly Blackout[] };

const SHOWN = 10;
const FIELDS = ["minute", "hour", "day of month", "month", "day of week"];

/** The next ten times of a schedule, in its own zone. */
export function nextTimesOf(
  engine: Pick<Engine, "nextTimes">,
  { cron, timeZone, blackouts }: Recurrence,
  from: Date,
): ScheduledTime[] {
  return engine.nextTimes(cron, { timeZone, from, count: SHOWN }).map((at) => ({
    at: at.toISOString(),
    local: localTime(at, timeZone),
    isBlackedOut: blackoutAt(blackouts, at, timeZone) !== null,
  }));
}

function localTime(at: Date, timeZone: string): string {
  return new Intl.DateTimeFormat("en-GB", {
    timeZone,
    weekday: "short",
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    timeZoneName: "short",
  }).format(at);
}

/** How far ahead a time is looked for that no blackout covers; a leap day comes within. */
const HORIZON_MS = 5 * 366 * 24 * 3_600_000;
/** Covers more than a week of a schedule of every minute, with long windows passed over. */
const MOST_TRIED = 1_500;

/** The first time that falls into no blackout; undefined where there is none. */
export function nextStartOf(
  engine: Pick<Engine, "nextTimes">,
  { cron, timeZone, blackouts }: Recurrence,
  from: Date,
): Date | undefined {
  let at = from;
  for (let tried = 0; tried < MOST_TRIED; tried++) {
    const [next] = engine.nextTimes(cron, { timeZone, from: at, count: 1 });
    if (!next || next.getTime() - from.getTime() > HORIZON_MS) return undefined;
    const blackout = blackoutAt(blackouts, next, timeZone);
    if (!blackout) return next;
    at = lastsUntil(blackout, next, timeZone);
  }
  return undefined;
}

/** @throws InvalidInput  the zone or the expression cannot be used, or nothing would ever start */
export function checkRecurrence(
  engine: Pick<Engine, "nextTimes">,
  recurrence: Recurrence,
  from: Date,
): void {
  const { cron, timeZone, blackouts } = recurrence;
  const fields: FieldErrors = {};
  const isZone = isTimeZone(timeZone);
  if (!isZone)
    fields.timeZone = [
      `there is no time zone “${timeZone}”; name one such as Europe/Berlin or UTC`,
    ];
  const wrong = cronProblem(engine, cron, isZone ? timeZone : "UTC", from);
  if (wrong) fields.cron = [wrong];
  if (Object.keys(fields).length > 0) throw new InvalidInput(fields);
  if (nextStartOf(engine, recurrence, from)) return;
  const [first] = engine.nextTimes(cron, { timeZone, from, count: 1 });
  const blackout = first && blackoutAt(blackouts, first, timeZone);
  const covering = blackout ? `, the next into ${formatBlackout(blackout)}` : "";
  const never = `it would never start anything: each of its times falls into a blackout${covering}`;
  throw new InvalidInput({ blackouts: [never] });
}

/** Whether it is a name such as Europe/Berlin that this machine knows. */
export function isTimeZone(timeZone: string): boolean {
  if (!/^[A-Za-z]/.test(timeZone)) return false;
  try {
    new Intl.DateTimeFormat("en", { timeZone });
    return true;
  } catch {
    return false;
  }
}

function cronProblem(
  engine: Pick<Engine, "nextTimes">,
  cron: string,
  timeZone: string,
  from: Date,
): string | undefined {
  const parts = cron.split(/\s+/);
  if (parts.length !== FIELDS.length)
    return `has ${parts.length} of the five fields: ${FIELDS.join(", ")}`;
  for (const [index, part] of parts.entries()) {
    const alone = FIELDS.map((_, other) => (other === index ? part : "*")).join(" ");
    const reason = failure(() => engine.nextTimes(alone, { timeZone, from, count: 1 }));
    if (reason !== undefined) return `the ${FIELDS[index]} “${part}” cannot be used: ${reason}`;
  }
  return failure(() => {
    if (engine.nextTimes(cron, { timeZone, from, count: 1 }).length === 0)
      throw new Error("this time never comes");
  });
}

/** In the scheduler's own words. */
function failure(attempt: () => unknown): string | undefined {
  try {
    attempt();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message.replace(/^./, (c) => c.toLowerCase()) : "unknown";
  }
}
