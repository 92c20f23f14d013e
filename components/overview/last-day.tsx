"use client";

import dynamic from "next/dynamic";
import type { ReactNode } from "react";
import { HourTime } from "#components/live/time.tsx";
import { Card, CardHeader } from "#components/ui/card.tsx";
import { DataTable, type Column } from "#components/ui/data-table.tsx";
import { Disclosure } from "#components/ui/disclosure.tsx";
import { ScrollRegion } from "#components/ui/scroll-region.tsx";
import { formatCount, plural } from "#lib/format.ts";
import type { Overview } from "#lib/operations/system/overview-schema.ts";
import type { HourBarsProps } from "./hour-bars.tsx";

type Hour = Overview["hours"][number];

// The charts are the heaviest part of the console, and nobody waits for them.
const HourBars = dynamic<HourBarsProps>(
  () => import("./hour-bars.tsx").then(({ HourBars: bars }) => bars),
  { ssr: false },
);

/** The last 24 hours, each count against its own scale; the same numbers as a table. */
export function LastDay({ hours }: { hours: Hour[] }) {
  const sum = (read: (hour: Hour) => number) => hours.reduce((all, hour) => all + read(hour), 0);
  const made = sum(({ tokenRequests }) => tokenRequests);
  const saved = sum(({ tokenReuses }) => tokenReuses);
  return (
    <Card aria-labelledby="last-day">
      <CardHeader id="last-day" title="Last 24 hours" />
      <div className="grid grid-cols-2 gap-x-6 gap-y-5 p-4 lg:grid-cols-4">
        <Panel title="Members read" figure={formatCount(sum(({ members }) => members))}>
          <HourBars hours={hours} bars={[{ name: "members", word: "members", tone: "active" }]} />
        </Panel>
        <Panel title="Scores sent" figure={formatCount(sum(({ scores }) => scores))}>
          <HourBars hours={hours} bars={[{ name: "scores", word: "scores", tone: "ok" }]} />
        </Panel>
        <Panel title="Failures" figure={formatCount(sum(({ failures }) => failures))}>
          <HourBars hours={hours} bars={[{ name: "failures", word: "failures", tone: "bad" }]} />
        </Panel>
        <Panel
          title="Token requests saved"
          figure={formatCount(saved)}
          note={`${plural(made, "request")} made`}
        >
          <HourBars
            hours={hours}
            bars={[
              { name: "tokenRequests", word: "made", tone: "warn" },
              { name: "tokenReuses", word: "saved", tone: "ok" },
            ]}
          />
        </Panel>
      </div>
      <Disclosure summary="As a table" className="border-t px-4 py-3">
        <ScrollRegion
          label="Last 24 hours, hour by hour"
          className="max-h-96 overflow-y-auto rounded-md border"
        >
          <DataTable
            caption="Last 24 hours"
            columns={COLUMNS}
            rows={hours.toReversed()}
            rowKey={({ hour }) => hour}
          />
        </ScrollRegion>
      </Disclosure>
    </Card>
  );
}

function Panel(props: { title: string; figure: string; note?: string; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <h3 className="text-sm text-muted">{props.title}</h3>
      <p className="flex items-baseline gap-2">
        <span className="text-xl font-semibold tabular-nums">{props.figure}</span>
        {props.note && <span className="text-xs text-muted tabular-nums">{props.note}</span>}
      </p>
      <div aria-hidden className="mt-2 h-20 border-b">
        {props.children}
      </div>
      <p aria-hidden className="mt-1 flex justify-between text-2xs text-faint">
        <span>24 h ago</span>
        <span>now</span>
      </p>
    </div>
  );
}

const COLUMNS: Column<Hour>[] = [
  { key: "hour", header: "Hour", isLead: true, cell: ({ hour }) => <HourTime at={hour} /> },
  ...(
    [
      ["members", "Members read"],
      ["scores", "Scores sent"],
      ["failures", "Failures"],
      ["tokenRequests", "Token requests"],
      ["tokenReuses", "Requests saved"],
    ] as const
  ).map(([key, header]): Column<Hour> => ({
    key,
    header,
    align: "end",
    cell: (hour) => formatCount(hour[key]),
  })),
];
