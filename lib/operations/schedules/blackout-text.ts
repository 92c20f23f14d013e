import type { z } from "zod";
import type { Blackout, WeeklyBlackout } from "./schema.ts";

const DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
const WEEKLY = /^(.+?)\s+(\d{1,2}:\d{2})\s*[-–]\s*(\d{1,2}:\d{2})$/;
const DATED = /^(\d{4}-\d{2}-\d{2})(?:\s*(?:-|–|to)\s*(\d{4}-\d{2}-\d{2}))?$/;
const EXAMPLES = "such as Mon-Fri 08:00-18:00, or 2026-12-19 to 2027-01-06";

/**
 * As people write it: a time of the week, `Mon-Fri 08:00-18:00`, `Sat, Sun 22:00-06:00`; or
 * dates, `2026-12-19 to 2027-01-06`, `2026-12-24`.
 */
export function readBlackout(text: string, context: z.RefinementCtx): Blackout {
  const [, firstDay, lastDay = firstDay] = DATED.exec(text.trim()) ?? [];
  if (firstDay !== undefined && lastDay !== undefined) return { firstDay, lastDay };
  return readWeekly(text.trim(), context);
}

function readWeekly(text: string, context: z.RefinementCtx): WeeklyBlackout {
  const [, days = "", from = "", to = ""] = WEEKLY.exec(text) ?? [];
  if (!from) return refused(context, `write days and times or dates, ${EXAMPLES}`);
  const named = days.split(/\s*,\s*/).map(daysOf);
  const unknown = named.findIndex((each) => each === undefined);
  if (unknown !== -1)
    return refused(context, `“${days.split(/\s*,\s*/)[unknown]}” is no day: Mon, Tue, Wed, …`);
  return {
    days: [...new Set(named.flatMap((each) => each ?? []))],
    from: padded(from),
    to: padded(to),
  };
}

/** One day, or a range that may go over the end of the week. */
function daysOf(text: string): number[] | undefined {
  if (/^(every day|daily)$/i.test(text)) return [1, 2, 3, 4, 5, 6, 7];
  const [begin = "", end = begin, ...more] = text.split(/\s*[-–]\s*/);
  const [first, last] = [dayOf(begin), dayOf(end)];
  if (first === undefined || last === undefined || more.length > 0) return undefined;
  const length = ((last - first + 7) % 7) + 1;
  return Array.from({ length }, (_, index) => ((first - 1 + index) % 7) + 1);
}

function dayOf(text: string): number | undefined {
  if (text.length < 3) return undefined;
  const index = DAYS.findIndex((day) => day.startsWith(text.toLowerCase()));
  return index === -1 ? undefined : index + 1;
}

function padded(time: string): string {
  return time.padStart(5, "0");
}

function refused(context: z.RefinementCtx, message: string): WeeklyBlackout {
  context.addIssue({ code: "custom", message });
  return { days: [], from: "", to: "" };
}
