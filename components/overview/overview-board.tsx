"use client";

import { Pause } from "lucide-react";
import { LoadError } from "#components/errors/load-error.tsx";
import { ActionButton } from "#components/forms/action-button.tsx";
import type { FormAction } from "#components/forms/form-state.ts";
import { PageHeader } from "#components/layout/page-header.tsx";
import { RelativeTime } from "#components/live/time.tsx";
import { useLiveResource } from "#components/live/use-live-resource.ts";
import { Card } from "#components/ui/card.tsx";
import { SkeletonRows } from "#components/ui/skeleton.tsx";
import type { Overview } from "#lib/operations/system/overview-schema.ts";
import type { SystemView } from "#lib/operations/system/schema.ts";
import { ActiveRuns } from "./active-runs.tsx";
import { AttentionList } from "./attention-list.tsx";
import { GettingStarted } from "./getting-started.tsx";
import { LastDay } from "./last-day.tsx";
import { LatestRuns } from "./latest-runs.tsx";
import { OverviewTiles } from "./overview-tiles.tsx";

/** What an operator wants to know in the morning. */
export function OverviewBoard({ pauseEverything }: { pauseEverything: FormAction }) {
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
        actions={<PauseAll action={pauseEverything} />}
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

/** Who resumes finds the way in the banner of every page. */
function PauseAll({ action }: { action: FormAction }) {
  const { data: system } = useLiveResource<SystemView>("/api/v1/system");
  if (!system || system.paused) return null;
  return (
    <ActionButton action={action} values={{}} look="quiet">
      <Pause aria-hidden /> Pause all syncs
    </ActionButton>
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
