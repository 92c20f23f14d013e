import { DataTable, type Column } from "#components/ui/data-table.tsx";
import { formatDuration } from "#lib/format.ts";
import type { Span, Timeline } from "./timeline-model.ts";

/** The timeline's spans in the order they began. */
export function TimelineTable({ timeline }: { timeline: Timeline }) {
  const rows = timeline.lanes
    .flatMap(({ spans }) => spans)
    .sort((a, b) => a.from - b.from || a.to - b.to);
  return (
    <DataTable
      caption="What happened when"
      columns={columnsFrom(timeline.from)}
      rows={rows}
      rowKey={({ key }) => key}
    />
  );
}

function columnsFrom(start: number): Column<Span>[] {
  return [
    { key: "what", header: "What", isLead: true, cell: ({ words }) => words },
    {
      key: "from",
      header: "After",
      align: "end",
      cell: ({ from }) => formatDuration(Math.max(0, from - start)),
    },
    {
      key: "lasted",
      header: "Lasted",
      align: "end",
      cell: ({ from, to }) => formatDuration(Math.max(0, to - from)),
    },
  ];
}
