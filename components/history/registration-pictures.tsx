import { Card, CardHeader } from "#components/ui/boxes/card.tsx";
import { type Column, DataTable } from "#components/ui/tables/data-table.tsx";
import { Disclosure } from "#components/ui/boxes/disclosure.tsx";
import { ScrollRegion } from "#components/ui/boxes/scroll-region.tsx";
import { formatCount, UNKNOWN } from "#lib/format.ts";
import type { RegistrationDay, RegistrationHistory } from "#lib/operations/history/schema.ts";
import { formatAnswer, formatDay } from "./charts/scale.ts";
import { MembersPanel } from "./members-panel.tsx";
import { AnswersPanel, FailuresPanel } from "./platform-panels.tsx";
import { ScorePanel } from "./score-panel.tsx";

/** A registration's last thirty days: people, scores, and how its platform answered. */
export function RegistrationPictures({ history }: { history: RegistrationHistory }) {
  const { days, scoresWaiting } = history;
  return (
    <Card aria-labelledby="last-days">
      <CardHeader id="last-days" title="The last 30 days" description="Days are those of UTC." />
      <div className="grid gap-x-6 gap-y-5 p-4 md:grid-cols-2">
        <MembersPanel
          title="People added and removed, by day"
          marks={days.map(({ day, membersAdded, membersRemoved }) => ({
            name: formatDay(day),
            added: membersAdded,
            removed: membersRemoved,
          }))}
          from={formatDay(days[0]!.day)}
          to="Today"
        />
        <ScorePanel
          days={days.map(({ day, scoresSent, scoresRejected }) => ({
            day,
            sent: scoresSent,
            rejected: scoresRejected,
          }))}
          waiting={scoresWaiting}
        />
        <AnswersPanel days={days} />
        <FailuresPanel days={days} />
      </div>
      <Disclosure summary="As a table" className="border-t px-4 py-3">
        <ScrollRegion label="Day by day" className="max-h-96 overflow-y-auto rounded-md border">
          <DataTable
            caption="The last 30 days, day by day"
            columns={COLUMNS}
            rows={days.toReversed()}
            rowKey={({ day }) => day}
          />
        </ScrollRegion>
      </Disclosure>
    </Card>
  );
}

const number = (
  key: string,
  header: string,
  value: (day: RegistrationDay) => number,
): Column<RegistrationDay> => ({
  key,
  header,
  align: "end",
  cell: (day) => formatCount(value(day)),
});

const time = (
  key: string,
  header: string,
  value: (day: RegistrationDay) => number | null,
): Column<RegistrationDay> => ({
  key,
  header,
  align: "end",
  cell: (day) => {
    const ms = value(day);
    return ms === null ? UNKNOWN : formatAnswer(ms);
  },
});

const COLUMNS: Column<RegistrationDay>[] = [
  { key: "day", header: "Day", isLead: true, cell: ({ day }) => formatDay(day) },
  number("runs", "Runs", ({ runs }) => runs),
  number("failed-runs", "Failed", ({ runsFailed }) => runsFailed),
  number("added", "Added", ({ membersAdded }) => membersAdded),
  number("removed", "Removed", ({ membersRemoved }) => membersRemoved),
  number("sent", "Sent", ({ scoresSent }) => scoresSent),
  number("rejected", "Rejected", ({ scoresRejected }) => scoresRejected),
  number("calls", "Calls", ({ platform }) => platform.calls),
  number("no-answer", "Without answer", ({ platform }) => platform.failed),
  number("throttled", "Throttled", ({ platform }) => platform.throttled),
  time("median", "Half within", ({ platform }) => platform.medianMs),
  time("p95", "95% within", ({ platform }) => platform.p95Ms),
];
