import { formatDuration, formatRate, UNKNOWN } from "#lib/format.ts";
import type { Timeline } from "./timeline-model.ts";

type Row = Timeline["lanes"][number]["spans"][number] & { lane: string };

/** All that the timeline draws, in the order in which it began. */
export function TimelineTable({ timeline }: { timeline: Timeline }) {
  const rows = rowsOf(timeline);
  return (
    <table className="w-full text-sm">
      <caption className="sr-only">What happened when</caption>
      <thead className="sticky top-0 bg-surface text-xs text-muted">
        <tr className="border-b">
          {["What", "After", "Lasted", "Rate"].map((header, index) => (
            <th
              key={header}
              scope="col"
              className={`px-2 py-2 font-medium whitespace-nowrap first:ps-4 last:pe-4 ${index > 0 ? "text-end" : "text-start"}`}
            >
              {header}
            </th>
          ))}
        </tr>
      </thead>
      <tbody className="divide-y tabular-nums">
        {rows.map((row) => (
          <tr key={row.key}>
            <th scope="row" className="px-2 py-1 ps-4 text-start font-normal">
              <span className="sr-only">{row.lane}: </span>
              {row.words}
            </th>
            <td className="px-2 py-1 text-end whitespace-nowrap">
              {formatDuration(Math.max(0, row.from - timeline.from))}
            </td>
            <td className="px-2 py-1 text-end whitespace-nowrap">
              {row.isMoment ? UNKNOWN : formatDuration(Math.max(0, row.to - row.from))}
            </td>
            <td className="px-2 py-1 pe-4 text-end whitespace-nowrap">
              {rateIn(row, timeline.unit)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function rowsOf({ lanes }: Timeline): Row[] {
  let named = "";
  return lanes
    .flatMap(({ name, spans }) => {
      named = name || named;
      return spans.map((span) => ({ ...span, lane: named }));
    })
    .sort((a, b) => a.from - b.from || a.to - b.to);
}

function rateIn(row: Row, unit: string): string {
  if (!("count" in row)) return "";
  return formatRate((row.count * 1_000) / Math.max(1, row.to - row.from), unit) ?? UNKNOWN;
}
