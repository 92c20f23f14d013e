"use client";

import { LoadError } from "#components/errors/load-error.tsx";
import { PageHeader } from "#components/layout/page-header.tsx";
import { RelativeTime } from "#components/live/time.tsx";
import { useLiveResource } from "#components/live/use-live-resource.ts";
import { Card } from "#components/ui/card.tsx";
import { SkeletonRows } from "#components/ui/skeleton.tsx";
import type { Overview } from "#lib/operations/schemas/overview.ts";
import { ActiveRuns } from "./active-runs.tsx";
import { AttentionList } from "./attention-list.tsx";
import { GettingStarted } from "./getting-started.tsx";
import { LastDay } from "./last-day.tsx";
import { LatestRuns } from "./latest-runs.tsx";
import { OverviewTiles } from "./overview-tiles.tsx";

/** What an operator wants to know in the morning. */
export function OverviewBoard() {
  const read = useLiveResource<Overview>(
    "/api/v1/overview",
    {},
    ({ running, queued }) => running + queued > 0,
  );
  const overview = read.data;
  return (
    <>
      <PageHeader
        title="Overview"
        description={
          overview?.lastSuccessAt ? (
            <>
              Last good sync <RelativeTime at={overview.lastSuccessAt} />
            </>
          ) : (
            "No sync has succeeded yet"
          )
        }
      />
      {read.error && (
        <LoadError
          error={read.error}
          retry={() => void read.refetch()}
          hasData={overview !== undefined}
        />
      )}
      {overview ? (
        <Board overview={overview} />
      ) : (
        !read.error && (
          <Card>
            <SkeletonRows />
          </Card>
        )
      )}
    </>
  );
}

function Board({ overview }: { overview: Overview }) {
  const isStarted = overview.courses > 0 || overview.lastSuccessAt !== null;
  if (!isStarted) return <GettingStarted hasRegistration={overview.registrations > 0} />;
  return (
    <div className="space-y-5">
      <OverviewTiles overview={overview} />
      <div className="grid items-start gap-5 xl:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <AttentionList overview={overview} />
        <ActiveRuns overview={overview} />
      </div>
      <LastDay hours={overview.hours} />
      <LatestRuns runs={overview.recentRuns} />
    </div>
  );
}
