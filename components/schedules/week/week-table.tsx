import { cn } from "#components/ui/cn.ts";
import { formatCount } from "#lib/format.ts";
import type { CalendarBlackout, ScheduleWeek } from "#lib/operations/schedules/week/week-schema.ts";
import { dayName, hourOf } from "./week-days.ts";
import { WeekEntry } from "./week-entry.tsx";

const HOURS = Array.from({ length: 24 }, (_, hour) => hour);
/** So many lines are shown in one hour; the list of the day has all of them. */
const MOST_LINES = 4;

/** Days by hours; what lies in a blackout is hatched, to the minute. */
export function WeekTable({ week }: { week: ScheduleWeek }) {
  return (
    <table className="w-full table-fixed border-collapse text-xs">
      <caption className="sr-only">The week by days and hours</caption>
      <thead>
        <tr className="border-b">
          <th scope="col" className="w-12 py-2 ps-3 text-start font-normal text-muted">
            <span className="sr-only">Hour</span>
          </th>
          {week.days.map(({ date }) => (
            <th
              key={date}
              scope="col"
              aria-current={date === week.today ? "date" : undefined}
              className={cn(
                "border-s px-1.5 py-2 text-start font-medium",
                date === week.today && "bg-accent-soft text-accent",
              )}
            >
              {dayName(date)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {HOURS.map((hour) => (
          <tr key={hour} className="h-7 border-b last:border-b-0">
            <th scope="row" className="py-1 ps-3 text-start align-top font-normal text-muted">
              {String(hour).padStart(2, "0")}:00
            </th>
            {week.days.map(({ date }) => (
              <Cell key={date} week={week} date={date} hour={hour} />
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Cell({ week, date, hour }: { week: ScheduleWeek; date: string; hour: number }) {
  const here = week.entries.filter((entry) => entry.date === date && entry.hour === hour);
  const hours = week.blackouts.length > 0 ? hourOf(week, date, hour) : undefined;
  const blackouts = hours ? week.blackouts.flatMap((blackout) => within(blackout, hours)) : [];
  const more = here.slice(MOST_LINES).reduce((sum, { count }) => sum + count, 0);
  return (
    <td className="relative border-s align-top">
      {blackouts.map(({ words, top, height }, index) => (
        <div
          key={index}
          aria-hidden
          title={words}
          style={{ top: `${top}%`, height: `${height}%` }}
          className="calendar-blackout absolute inset-x-0"
        />
      ))}
      {blackouts.length > 0 && (
        <span className="sr-only">{blackouts.map(({ words }) => words).join("; ")}</span>
      )}
      <div className="relative space-y-0.5 p-0.5">
        {here.slice(0, MOST_LINES).map((entry) => (
          <WeekEntry
            key={`${entry.scheduleId}${entry.state}`}
            entry={entry}
            timeZone={week.timeZone}
            isCompact
          />
        ))}
        {more > 0 && <p className="bg-surface/85 px-1 text-muted">and {formatCount(more)} more</p>}
      </div>
    </td>
  );
}

/** Which part of an hour a blackout covers, in percent; nothing where it does not. */
function within(blackout: CalendarBlackout, { from, until }: { from: number; until: number }) {
  const begin = Math.max(from, Date.parse(blackout.from));
  const end = Math.min(until, Date.parse(blackout.until));
  if (end <= begin) return [];
  const share = (ms: number) => (100 * ms) / (until - from);
  return [
    { words: `Blackout ${blackout.words}`, top: share(begin - from), height: share(end - begin) },
  ];
}
