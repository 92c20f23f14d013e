import type { ReactNode } from "react";
import { useZone } from "#components/live/time/time.tsx";
import { ListTable } from "#components/lists/list-table.tsx";
import type { Column } from "#components/ui/tables/data-table.tsx";
import { Disclosure } from "#components/ui/boxes/disclosure.tsx";
import { ScrollRegion } from "#components/ui/boxes/scroll-region.tsx";
import { TextLink } from "#components/ui/buttons/text-link.tsx";
import { formatCount, plural } from "#lib/format.ts";
import type {
  Activity,
  ActivityPeriod,
  ActivityStep,
} from "#lib/operations/overview/activity-schema.ts";
import { comparison } from "./comparison.ts";
import { PERIODS, stepWords } from "./periods.ts";
import { StepBars } from "./step-bars.tsx";

type Counted = "members" | "scores" | "failures";

const CHARTS: { key: Counted; title: string; word: string; tone: "active" | "ok" | "bad" }[] = [
  { key: "members", title: "Members read", word: "members", tone: "active" },
  { key: "scores", title: "Scores sent", word: "scores", tone: "ok" },
  { key: "failures", title: "Failures", word: "failures", tone: "bad" },
];

/** Each count against its own scale and the period before; the same numbers as a table. */
export function ActivityCharts({ activity }: { activity: Activity }) {
  const { period, steps } = activity;
  const zone = useZone();
  return (
    <>
      <div className="grid gap-x-6 gap-y-5 p-4 sm:grid-cols-3">
        {CHARTS.map(({ key, title, word, tone }) => (
          <Panel key={key} title={title} activity={activity} counted={key}>
            <StepBars
              bars={steps.map((step) => ({
                at: step.at,
                label: `${stepWords(step.at, period, zone)}: ${formatCount(step[key])} ${word}`,
                values: [step[key]],
              }))}
              tones={[tone]}
            />
            {key === "failures" && <Causes activity={activity} />}
          </Panel>
        ))}
      </div>
      <Disclosure summary="As a table" className="border-t px-4 py-3">
        <ScrollRegion
          label="Throughput, step by step"
          className="max-h-96 overflow-y-auto rounded-md border"
        >
          <ListTable
            caption={`Throughput over ${PERIODS[period].long}`}
            columns={columnsFor(period, zone)}
            rows={steps.toReversed()}
            rowKey={({ at }) => at}
          />
        </ScrollRegion>
      </Disclosure>
    </>
  );
}

function Panel(props: {
  title: string;
  counted: Counted;
  activity: Activity;
  children: ReactNode;
}) {
  const { steps, before, period } = props.activity;
  const now = steps.reduce((sum, step) => sum + step[props.counted], 0);
  return (
    <div className="min-w-0">
      <h3 className="text-sm text-muted">{props.title}</h3>
      <p className="mb-2 flex items-baseline gap-2">
        <span className="text-xl font-semibold tabular-nums">{formatCount(now)}</span>
        <span className="text-xs text-muted tabular-nums">
          {comparison(now, before[props.counted])} {PERIODS[period].before}
        </span>
      </p>
      {props.children}
    </div>
  );
}

function Causes({ activity }: { activity: Activity }) {
  if (activity.causes.length === 0) return null;
  return (
    <ul aria-label="Runs that failed, by cause" className="mt-2 space-y-0.5 text-xs">
      {activity.causes.map(({ code, runs }) => (
        <li key={code} className="flex justify-between gap-3">
          <TextLink
            href={`/runs?errorCode=${encodeURIComponent(code)}`}
            className="min-w-0 truncate font-mono"
          >
            {code}
          </TextLink>
          <span className="shrink-0 text-muted tabular-nums">{plural(runs, "run")}</span>
        </li>
      ))}
    </ul>
  );
}

const COUNTS = [
  ["members", "Members read"],
  ["scores", "Scores sent"],
  ["failures", "Failures"],
  ["tokenRequests", "Token requests"],
  ["tokenReuses", "Requests saved"],
] as const;

function columnsFor(period: ActivityPeriod, zone?: string): Column<ActivityStep>[] {
  return [
    { key: "at", header: "From", isLead: true, cell: ({ at }) => stepWords(at, period, zone) },
    ...COUNTS.map(([key, header]): Column<ActivityStep> => ({
      key,
      header,
      align: "end",
      phone: "figure",
      cell: (step) => formatCount(step[key]),
    })),
  ];
}
