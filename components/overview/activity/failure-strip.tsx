import { useZone } from "#components/live/time/time.tsx";
import { Card, CardHeader } from "#components/ui/boxes/card.tsx";
import { Disclosure } from "#components/ui/boxes/disclosure.tsx";
import { ListTable } from "#components/lists/list-table.tsx";
import type { Column } from "#components/ui/tables/data-table.tsx";
import { TextLink } from "#components/ui/buttons/text-link.tsx";
import { formatCount } from "#lib/format.ts";
import type { Activity, ActivityStripRow } from "#lib/operations/overview/activity-schema.ts";
import { PERIODS, stepWords } from "./periods.ts";

/** Where and when runs failed: a row for each registration, a cell for each step of time. */
export function FailureStrip({ activity }: { activity: Activity }) {
  const { registrations, period } = activity;
  return (
    <Card aria-labelledby="strip">
      <CardHeader id="strip" title="Where it hurt" />
      <ul className="space-y-1.5 px-4 py-3">
        {registrations.map((row) => (
          <li
            key={row.registrationId}
            className="grid items-center gap-x-3 gap-y-0.5 text-sm sm:grid-cols-[11rem_minmax(0,1fr)_5.5rem]"
          >
            <TextLink href={`/registrations/${row.registrationId}`} className="truncate">
              {row.registrationName}
            </TextLink>
            <Cells row={row} activity={activity} />
            <span className="text-xs text-muted tabular-nums sm:text-end">{wordsOf(row)}</span>
          </li>
        ))}
      </ul>
      <p aria-hidden className="flex flex-wrap gap-x-4 gap-y-1 px-4 pb-3 text-2xs text-muted">
        <Key fill={FILLS.none} word="no runs" />
        <Key fill={FILLS.well} word="all went well" />
        <Key fill={FILLS.some} word="some failed" />
        <Key fill={FILLS.most} word="half or more failed" />
      </p>
      <Disclosure summary="As a table" className="border-t px-4 py-3">
        <ListTable
          caption={`Runs of each registration over ${PERIODS[period].long}`}
          columns={COLUMNS}
          rows={registrations}
          rowKey={({ registrationId }) => registrationId}
        />
      </Disclosure>
    </Card>
  );
}

const FILLS = {
  none: "var(--line)",
  well: "var(--ok-fill)",
  some: "var(--warn-fill)",
  most: "var(--bad-fill)",
};

function fillOf(runs: number, failed: number): string {
  if (runs === 0) return FILLS.none;
  if (failed === 0) return FILLS.well;
  return failed * 2 >= runs ? FILLS.most : FILLS.some;
}

const [CELL, GAP, HEIGHT] = [10, 1.5, 14];

function Cells({ row, activity }: { row: ActivityStripRow; activity: Activity }) {
  const { steps, period } = activity;
  const zone = useZone();
  return (
    <svg
      aria-hidden
      viewBox={`0 0 ${steps.length * CELL - GAP} ${HEIGHT}`}
      preserveAspectRatio="none"
      className="h-4 w-full"
    >
      {steps.map(({ at }, index) => {
        const [runs = 0, failed = 0] = [row.runs[index], row.failed[index]];
        return (
          <rect
            key={at}
            x={index * CELL}
            width={CELL - GAP}
            height={failed > 0 || runs === 0 ? HEIGHT : HEIGHT / 2}
            y={failed > 0 || runs === 0 ? 0 : HEIGHT / 2}
            fill={fillOf(runs, failed)}
          >
            <title>{`${stepWords(at, period, zone)}: ${runs} runs, ${failed} failed`}</title>
          </rect>
        );
      })}
    </svg>
  );
}

function Key({ fill, word }: { fill: string; word: string }) {
  return (
    <span className="flex items-center gap-1.5">
      <span className="size-2.5 rounded-xs" style={{ background: fill }} />
      {word}
    </span>
  );
}

const sum = (counts: number[]) => counts.reduce((all, count) => all + count, 0);

function wordsOf({ runs, failed }: ActivityStripRow): string {
  return `${formatCount(sum(failed))} of ${formatCount(sum(runs))}`;
}

const COLUMNS: Column<ActivityStripRow>[] = [
  {
    key: "name",
    header: "Registration",
    isLead: true,
    cell: ({ registrationName }) => registrationName,
  },
  {
    key: "runs",
    phone: "figure",
    header: "Runs",
    align: "end",
    cell: ({ runs }) => formatCount(sum(runs)),
  },
  {
    key: "failed",
    phone: "state",
    header: "Failed",
    align: "end",
    cell: ({ failed }) => formatCount(sum(failed)),
  },
];
