import { cn } from "#components/ui/cn.ts";
import { formatHour } from "#lib/format.ts";
import type { ScheduleWeek } from "#lib/operations/schedules/week/week-schema.ts";
import { dayName } from "./week-days.ts";
import { WeekEntry } from "./week-entry.tsx";

/** The same week day by day, where a table has no room. */
export function WeekList({ week }: { week: ScheduleWeek }) {
  return (
    <ol className="divide-y">
      {week.days.map((day) => {
        const entries = week.entries.filter(({ date }) => date === day.date);
        const blackouts = week.blackouts.filter(
          ({ from, until }) => from < day.endsAt && until > day.startsAt,
        );
        return (
          <li key={day.date} className="px-4 py-2.5">
            <h3
              className={cn("text-sm font-semibold", day.date === week.today && "text-accent")}
              aria-current={day.date === week.today ? "date" : undefined}
            >
              {dayName(day.date)}
            </h3>
            {blackouts.map(({ from, until, words }) => (
              <p key={from + words} className="text-xs text-muted">
                Blackout {from <= day.startsAt ? "00:00" : formatHour(from, week.timeZone)}–
                {until >= day.endsAt ? "24:00" : formatHour(until, week.timeZone)}: {words}
              </p>
            ))}
            {entries.length === 0 ? (
              <p className="text-sm text-muted">Nothing starts.</p>
            ) : (
              <ul>
                {entries.map((entry) => (
                  <li key={`${entry.hour}${entry.scheduleId}${entry.state}`}>
                    <WeekEntry entry={entry} timeZone={week.timeZone} />
                  </li>
                ))}
              </ul>
            )}
          </li>
        );
      })}
    </ol>
  );
}
