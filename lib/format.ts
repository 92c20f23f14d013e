import type { RunKind } from "#lib/db/generated/enums.ts";
/** Numbers, times and durations as people read them. Unknown is "—", never 0. */
export const UNKNOWN = "—";

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const counts = new Intl.NumberFormat("en-GB");

export function formatCount(count: number | null | undefined): string {
  return count === null || count === undefined ? UNKNOWN : counts.format(count);
}

/** `412`; `10,000+` where counting stopped there. */
export function formatCountUpTo(count: number, isCapped: boolean): string {
  return `${formatCount(count)}${isCapped ? "+" : ""}`;
}

const numbers = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 6 });

/** A measured value, such as a score: `87.5`. */
export function formatNumber(value: number): string {
  return numbers.format(value);
}

/** `87.5 of 100`; the value alone where no maximum is known. */
export function formatScore(given: number, maximum: number | null): string {
  return maximum === null
    ? formatNumber(given)
    : `${formatNumber(given)} of ${formatNumber(maximum)}`;
}

/** `1 course`, `1,284 courses`. */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

/** A share in whole per cent; never 100% before the end, never 0% after the start. */
export function formatShare(part: number, whole: number | null): string {
  if (whole === null || whole === 0) return UNKNOWN;
  if (part >= whole) return "100%";
  if (part <= 0) return "0%";
  return `${Math.min(99, Math.max(1, Math.round((100 * part) / whole)))}%`;
}

/** `0.4 s`, `12 s`, `2 min 5 s`, `1 h 4 min`, `3 d 2 h`. */
export function formatDuration(ms: number): string {
  if (ms < SECOND) return `${Math.max(0, Math.round(ms / 100) / 10)} s`;
  if (ms < MINUTE) return `${Math.floor(ms / SECOND)} s`;
  if (ms < HOUR) return twoUnits(ms, MINUTE, "min", SECOND, "s");
  if (ms < DAY) return twoUnits(ms, HOUR, "h", MINUTE, "min");
  return twoUnits(ms, DAY, "d", HOUR, "h");
}

function twoUnits(ms: number, big: number, bigName: string, small: number, smallName: string) {
  const rest = Math.floor((ms % big) / small);
  const head = `${Math.floor(ms / big)} ${bigName}`;
  return rest === 0 ? head : `${head} ${rest} ${smallName}`;
}

/** Time left for a clock that counts down: `4:05`, `59:12`, `1:02:11`. */
export function formatCountdown(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / SECOND));
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const shown = parts[0] === 0 ? parts.slice(1) : parts;
  return shown.map((part, index) => (index === 0 ? part : String(part).padStart(2, "0"))).join(":");
}

/** `just now`, `40 s ago`, `3 min ago`, `in 2 h`, `5 d ago`. */
export function formatRelative(at: string, nowMs: number): string {
  const distance = Date.parse(at) - nowMs;
  const size = Math.abs(distance);
  if (size < 5 * SECOND) return "just now";
  const text =
    size < MINUTE
      ? `${Math.floor(size / SECOND)} s`
      : size < HOUR
        ? `${Math.floor(size / MINUTE)} min`
        : size < DAY
          ? `${Math.floor(size / HOUR)} h`
          : `${Math.floor(size / DAY)} d`;
  return distance > 0 ? `in ${text}` : `${text} ago`;
}

/** `24 Nov 2026, 08:30:00 UTC`. Without a zone, the reader's own. */
export function formatDateTime(at: string, timeZone?: string): string {
  return new Intl.DateTimeFormat("en-GB", {
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    timeZoneName: "short",
    timeZone,
  }).format(new Date(at));
}

/** `14:05:10`. */
export function formatClock(at: string, timeZone?: string): string {
  return new Intl.DateTimeFormat("en-GB", { timeStyle: "medium", timeZone }).format(new Date(at));
}

/** `14:00`. */
export function formatHour(at: string, timeZone?: string): string {
  return new Intl.DateTimeFormat("en-GB", { timeStyle: "short", timeZone }).format(new Date(at));
}

/** A rounded promise: `less than 10 s left`, `about 40 s left`, `about 2 min left`. */
export function formatTimeLeft(seconds: number | null): string | null {
  if (seconds === null) return null;
  if (seconds < 10) return "less than 10 s left";
  if (seconds < 55) return `about ${Math.ceil(seconds / 10) * 10} s left`;
  if (seconds < 3600) return `about ${Math.ceil(seconds / 60)} min left`;
  return `about ${Math.ceil(seconds / 3600)} h left`;
}

/** `42 scores/s`; slow work is counted per minute: `12 courses/min`. */
export function formatRate(perSecond: number | null, unit: string): string | null {
  if (perSecond === null || perSecond <= 0) return null;
  if (perSecond >= 10) return `${formatCount(Math.round(perSecond))} ${unit}/s`;
  if (perSecond >= 1) return `${perSecond.toFixed(1)} ${unit}/s`;
  return `${(perSecond * 60).toFixed(perSecond * 60 >= 10 ? 0 : 1)} ${unit}/min`;
}

/** The end of an ID: its beginning is the time, which siblings share. */
export function shortId(id: string): string {
  return id.length <= 12 ? id : id.slice(-8);
}

const WEEKDAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/** ISO weekdays: `Mon–Fri`, `Sat, Sun`, `every day`. */
function formatWeekdays(days: readonly number[]): string {
  const sorted = [...new Set(days)].sort((a, b) => a - b);
  if (sorted.length === 7) return "every day";
  const [first = 1, last = 1] = [sorted[0], sorted.at(-1)];
  const isRange = sorted.length > 2 && last - first === sorted.length - 1;
  if (isRange) return `${WEEKDAYS[first - 1]}–${WEEKDAYS[last - 1]}`;
  return sorted.map((day) => WEEKDAYS[day - 1]).join(", ");
}

type ShownBlackout =
  { days: readonly number[]; from: string; to: string } | { firstDay: string; lastDay: string };

/** `Mon–Fri 08:00–18:00`, `2026-12-19 to 2027-01-06`. */
export function formatBlackout(blackout: ShownBlackout): string {
  if ("days" in blackout) return `${formatWeekdays(blackout.days)} ${blackout.from}–${blackout.to}`;
  const { firstDay, lastDay } = blackout;
  return firstDay === lastDay ? firstDay : `${firstDay} to ${lastDay}`;
}

/** What a run of each kind is called. */
export const RUN_KIND_NAMES: Record<RunKind, string> = {
  roster_sync: "Roster sync",
  grade_sync: "Grade sync",
  verify: "Verification",
};
