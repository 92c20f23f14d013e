import { AbsoluteTime } from "#components/live/time/time.tsx";
import { StateBadge } from "#components/states/state-badge.tsx";
import { PART_STATES } from "#components/states/tables/run-parts.ts";
import { Card, CardHeader } from "#components/ui/boxes/card.tsx";
import { type Column, DataTable } from "#components/ui/tables/data-table.tsx";
import { Disclosure } from "#components/ui/boxes/disclosure.tsx";
import { ScrollRegion } from "#components/ui/boxes/scroll-region.tsx";
import { TextLink } from "#components/ui/buttons/text-link.tsx";
import { formatCount, plural, UNKNOWN } from "#lib/format.ts";
import type { CourseHistory, CourseSync } from "#lib/operations/history/schema.ts";
import { Lines } from "./charts/lines.tsx";
import { Panel } from "./charts/panel.tsx";
import { formatDay, niceEnd } from "./charts/scale.ts";
import { MembersPanel } from "./members-panel.tsx";
import { ScorePanel } from "./score-panel.tsx";

/** A course's last thirty days: its roster sync by sync, its scores day by day. */
export function CoursePictures({ history, waiting }: { history: CourseHistory; waiting: number }) {
  const { syncs, days, hasEarlierSyncs } = history;
  return (
    <Card aria-labelledby="last-days">
      <CardHeader
        id="last-days"
        title="The last 30 days"
        description={`Days are those of UTC.${hasEarlierSyncs ? ` Of the roster syncs, the latest ${syncs.length} are shown.` : ""}`}
      />
      <div className="grid gap-x-6 gap-y-5 p-4 md:grid-cols-2">
        {syncs.length === 0 ? (
          <p className="text-sm text-muted md:col-span-2">No roster was synced in this time.</p>
        ) : (
          <>
            <RosterPanel syncs={syncs} />
            <MembersPanel
              title="People added and removed, sync by sync"
              marks={syncs.map((sync) => ({ name: formatDay(sync.at), ...sync }))}
              {...endsOf(syncs)}
            />
          </>
        )}
        <ScorePanel days={days} waiting={waiting} />
      </div>
      <Disclosure summary="As tables" className="border-t px-4 py-3">
        <div className="grid items-start gap-4 md:grid-cols-2">
          <ScrollRegion
            label="Roster syncs, one by one"
            className="max-h-96 overflow-y-auto rounded-md border"
          >
            <DataTable
              caption="Roster syncs of the last 30 days"
              columns={SYNC_COLUMNS}
              rows={syncs.toReversed()}
              rowKey={({ runId }) => runId}
            />
          </ScrollRegion>
          <ScrollRegion
            label="Scores, day by day"
            className="max-h-96 overflow-y-auto rounded-md border"
          >
            <DataTable
              caption="Scores of the last 30 days"
              columns={SCORE_COLUMNS}
              rows={days.toReversed()}
              rowKey={({ day }) => day}
            />
          </ScrollRegion>
        </div>
      </Disclosure>
    </Card>
  );
}

const endsOf = (syncs: readonly CourseSync[]) => ({
  from: formatDay(syncs[0]!.at),
  to: formatDay(syncs.at(-1)!.at),
});

function RosterPanel({ syncs }: { syncs: readonly CourseSync[] }) {
  const sizes = syncs.map(({ members }) => members);
  const known = sizes.filter((size) => size !== null);
  const most = niceEnd(known);
  const first = known[0];
  const last = known.at(-1);
  return (
    <Panel
      title="People on the roster"
      sum={
        first === undefined || last === undefined
          ? "Not counted by a sync yet."
          : first === last
            ? `${formatCount(last)} throughout`
            : `From ${formatCount(first)} to ${formatCount(last)}`
      }
      top={formatCount(most)}
      {...endsOf(syncs)}
      words={syncs.map(
        ({ at, members }) =>
          `${formatDay(at)}: ${members === null ? "not known to its end" : plural(members, "person", "people")}`,
      )}
    >
      <Lines lines={[{ values: sizes, isStep: true }]} most={most} />
    </Panel>
  );
}

const SYNC_COLUMNS: Column<CourseSync>[] = [
  {
    key: "at",
    header: "Sync",
    isLead: true,
    cell: ({ runId, at }) => (
      <TextLink prefetch={false} href={`/runs/${runId}`}>
        <AbsoluteTime at={at} />
      </TextLink>
    ),
  },
  {
    key: "state",
    header: "Result",
    cell: ({ state }) => <StateBadge of={PART_STATES} state={state} />,
  },
  { key: "added", header: "Added", align: "end", cell: ({ added }) => formatCount(added) },
  { key: "removed", header: "Removed", align: "end", cell: ({ removed }) => formatCount(removed) },
  {
    key: "members",
    header: "People after",
    align: "end",
    cell: ({ members }) => (members === null ? UNKNOWN : formatCount(members)),
  },
];

const SCORE_COLUMNS: Column<CourseHistory["days"][number]>[] = [
  { key: "day", header: "Day", isLead: true, cell: ({ day }) => formatDay(day) },
  { key: "sent", header: "Sent", align: "end", cell: ({ sent }) => formatCount(sent) },
  {
    key: "rejected",
    header: "Rejected",
    align: "end",
    cell: ({ rejected }) => formatCount(rejected),
  },
];
