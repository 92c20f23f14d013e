"use client";

import { Pause } from "lucide-react";
import { ConfirmAct } from "#components/forms/acts/confirm-act.tsx";
import type { FormAction } from "#components/forms/form-state.ts";
import { PageHeader } from "#components/layout/page-header.tsx";
import { ReadState } from "#components/live/read-state.tsx";
import { reads } from "#components/live/reads.ts";
import { RelativeTime } from "#components/live/time/time.tsx";
import { useRead } from "#components/live/use-read.ts";
import { GradesProven } from "#components/proof/proven.tsx";
import { Card } from "#components/ui/boxes/card.tsx";
import { SkeletonRows } from "#components/ui/boxes/skeleton.tsx";
import { plural } from "#lib/format.ts";
import type { Overview } from "#lib/operations/overview/overview-schema.ts";
import { ActiveRuns } from "./active-runs.tsx";
import { ActivityBoard } from "./activity/activity-board.tsx";
import { GettingStarted } from "./getting-started.tsx";
import { Inbox } from "./inbox/inbox.tsx";
import type { InboxActs } from "./inbox/inbox-verbs.tsx";
import { LatestRuns } from "./latest-runs.tsx";
import { OverviewTiles } from "./overview-tiles.tsx";

/** What an operator wants to know in the morning. */
export function OverviewBoard(props: { pauseEverything: FormAction; acts: InboxActs }) {
  const { pauseEverything, acts } = props;
  const read = useRead(reads.overview({}));
  const overview = read.data;
  return (
    <>
      <PageHeader
        title="Overview"
        actions={
          overview?.isLimited === false && <PauseAll action={pauseEverything} overview={overview} />
        }
        description={
          overview?.lastSuccessAt ? (
            <>
              Last good sync <RelativeTime at={overview.lastSuccessAt} />
              {overview.proof && (
                <>
                  . <GradesProven proof={overview.proof} />
                </>
              )}
            </>
          ) : (
            "No sync has succeeded yet"
          )
        }
      />
      <ReadState
        of={read}
        waiting={
          <Card>
            <SkeletonRows />
          </Card>
        }
      >
        {(found) => <Board overview={found} acts={acts} />}
      </ReadState>
    </>
  );
}

/** Who resumes finds the way in the banner of every page. */
function PauseAll({ action, overview }: { action: FormAction; overview: Overview }) {
  const { data: system } = useRead(reads.system({}));
  if (!system || system.paused) return null;
  return (
    <ConfirmAct
      action={action}
      values={{}}
      look="quiet"
      tone="go"
      word={
        <>
          <Pause aria-hidden /> Pause all syncs…
        </>
      }
      title="Pause all syncs?"
      act="Pause all syncs"
    >
      <p>
        Nothing is synced in {plural(overview.courses, "course")} of{" "}
        {plural(overview.registrations, "registration")} until somebody resumes it.{" "}
        {overview.running > 0 &&
          `${plural(overview.running, "run")} under way ${overview.running === 1 ? "stops" : "stop"} at the next checkpoint. `}
        {overview.queued > 0 &&
          `${plural(overview.queued, "run")} in the queue ${overview.queued === 1 ? "waits" : "wait"}. `}
        Schedules start nothing.
      </p>
      <p>Nothing is lost. Scores are still accepted, and go out when syncs are resumed.</p>
    </ConfirmAct>
  );
}

function Board({ overview, acts }: { overview: Overview; acts: InboxActs }) {
  const isStarted = overview.courses > 0 || overview.lastSuccessAt !== null;
  if (!isStarted && !overview.isLimited)
    return <GettingStarted hasRegistration={overview.registrations > 0} />;
  return (
    <div className="space-y-5">
      <OverviewTiles overview={overview} />
      <div className="grid items-start gap-5 xl:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <Inbox overview={overview} acts={acts} />
        <ActiveRuns overview={overview} />
      </div>
      <ActivityBoard />
      <LatestRuns runs={overview.recentRuns} />
    </div>
  );
}
