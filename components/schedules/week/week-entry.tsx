import Link from "next/link";
import { cn } from "#components/ui/cn.ts";
import { TONE_TEXT } from "#components/ui/text/status.tsx";
import type { CalendarEntry } from "#lib/operations/schedules/week/week-schema.ts";
import { entryHref, entryTime, entryTitle, shownState } from "./entry-words.ts";

/** One line of the calendar: state, time and what it is, leading to the run or the schedule. */
export function WeekEntry(props: { entry: CalendarEntry; timeZone: string; isCompact?: boolean }) {
  const { entry, timeZone, isCompact } = props;
  const { icon: Icon, tone, word } = shownState(entry);
  const title = entryTitle(entry);
  const time = entryTime(entry, timeZone);
  const reason = entry.reason ? `: ${entry.reason}` : "";
  return (
    <Link
      href={entryHref(entry)}
      title={`${time} ${title}, ${word.toLowerCase()}${reason}`}
      className={cn(
        "flex items-center rounded-sm hover:underline",
        isCompact
          ? "min-h-6 flex-wrap gap-x-1 bg-surface/85 px-1 py-0.5 text-xs"
          : "min-h-9 gap-2 text-sm",
      )}
    >
      <Icon aria-hidden className={cn("size-3.5 shrink-0", TONE_TEXT[tone])} />
      <span className="shrink-0 tabular-nums">{time}</span>
      <span
        className={cn(
          "truncate",
          isCompact && "w-full",
          entry.state === "blacked_out" && "text-muted line-through",
        )}
      >
        {title}
      </span>
      <span className={isCompact ? "sr-only" : cn("ms-auto shrink-0 text-xs", TONE_TEXT[tone])}>
        {isCompact && ", "}
        {word}
        {isCompact && reason}
      </span>
    </Link>
  );
}
