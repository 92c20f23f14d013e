"use client";

import Link from "next/link";
import { useSearchParams } from "next/navigation";
import { ReadState } from "#components/live/read-state.tsx";
import { reads } from "#components/live/reads.ts";
import { useRead } from "#components/live/use-read.ts";
import { Card, CardHeader } from "#components/ui/boxes/card.tsx";
import { cn } from "#components/ui/cn.ts";
import type { ActivityPeriod } from "#lib/operations/overview/activity-schema.ts";
import { ActivityCharts } from "./activity-charts.tsx";
import { FailureStrip } from "./failure-strip.tsx";
import { periodOf, PERIODS } from "./periods.ts";
import { UpcomingSyncs } from "../upcoming-syncs.tsx";

/** What was done over a period and where it hurt, and what comes next by itself. */
export function ActivityBoard() {
  const period = periodOf(useSearchParams().get("period"));
  return (
    <ReadState of={useRead(reads.activity({ period }))}>
      {(activity) => (
        <div className="space-y-5">
          <Card aria-labelledby="activity">
            <CardHeader id="activity" title="Throughput" actions={<Periods period={period} />} />
            <ActivityCharts activity={activity} />
          </Card>
          <div className="grid items-start gap-5 xl:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
            <FailureStrip activity={activity} />
            <UpcomingSyncs syncs={activity.upcoming} />
          </div>
        </div>
      )}
    </ReadState>
  );
}

function Periods({ period }: { period: ActivityPeriod }) {
  return (
    <nav aria-label="Period" className="flex gap-1 text-xs">
      {Object.entries(PERIODS).map(([value, { short }]) => (
        <Link
          key={value}
          href={`/?period=${value}`}
          scroll={false}
          replace
          aria-current={value === period ? "true" : undefined}
          className={cn(
            "rounded-md px-2 py-1 font-medium",
            value === period
              ? "bg-accent-soft text-accent"
              : "text-muted hover:bg-hover hover:text-ink",
          )}
        >
          {short}
        </Link>
      ))}
    </nav>
  );
}
