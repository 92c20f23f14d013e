"use client";

import { RefreshCw, Send } from "lucide-react";
import dynamic from "next/dynamic";
import { RelativeTime } from "#components/live/time/time.tsx";
import { Banner } from "#components/ui/boxes/banner.tsx";
import { Button } from "#components/ui/buttons/button.tsx";
import { Card, CardBody, CardHeader } from "#components/ui/boxes/card.tsx";
import { FactList } from "#components/ui/text/fact-list.tsx";
import { SkeletonRows } from "#components/ui/boxes/skeleton.tsx";
import { formatCount } from "#lib/format.ts";
import type { LaunchedCourseView, LaunchedSync } from "#lib/operations/launches/schema.ts";
import { useLaunchedCourse, type LaunchedState } from "./use-launched-course.ts";

// Loaded where there is something to show.
const LaunchedProof = dynamic(() => import("./launched-proof.tsx").then((m) => m.LaunchedProof));
const LaunchedRun = dynamic(() => import("./launched-run.tsx").then((m) => m.LaunchedRun));

/** A course as its instructor sees it inside the LMS: two facts, two buttons. */
export function LaunchedCourse() {
  const state = useLaunchedCourse();
  const { course, problem, isEnded } = state;
  if (isEnded) return <Ended />;
  return (
    <main className="mx-auto max-w-3xl space-y-4 px-4 py-6">
      <div>
        <h1 className="text-xl font-semibold">{course?.title ?? "Rollbook"}</h1>
        <p className="text-sm text-muted">
          {course ? `Roster and grades with ${course.registrationName}` : "Roster and grades"}
        </p>
      </div>
      {problem && (
        <Banner tone="bad" role="alert">
          <p className="first-letter:uppercase">{problem}.</p>
        </Banner>
      )}
      {course ? (
        <div className="grid items-start gap-4 sm:grid-cols-2">
          <RosterCard course={course} state={state} />
          <GradesCard course={course} state={state} />
          {course.offersGrades && <LaunchedProof course={course} />}
        </div>
      ) : (
        !problem && <SkeletonRows />
      )}
      {course && (
        <Button size="sm" onClick={() => void state.end()}>
          Sign out
        </Button>
      )}
      <noscript>This page needs JavaScript.</noscript>
    </main>
  );
}

function Ended() {
  return (
    <main className="mx-auto max-w-3xl space-y-1 px-4 py-6">
      <h1 className="text-xl font-semibold">Signed out</h1>
      <p className="text-sm text-muted">Open Rollbook from the course to see this page again.</p>
    </main>
  );
}

type CardProps = { course: LaunchedCourseView; state: LaunchedState };

function RosterCard({ course, state }: CardProps) {
  const run = course.runs.find(({ kind }) => kind === "roster_sync");
  return (
    <Card aria-labelledby="roster">
      <CardHeader id="roster" title="Roster" />
      <FactList
        facts={[
          {
            label: "Last complete",
            value: <RelativeTime at={course.rosterSyncedAt} unknown="never" />,
          },
          { label: "Members", value: formatCount(course.memberCount) },
        ]}
      />
      <CardBody className="space-y-3 border-t">
        <LaunchedRun run={run} />
        {course.offersMemberships ? (
          <SyncButton kind="roster_sync" state={state} isRunning={isUnfinished(run)}>
            <RefreshCw aria-hidden /> Sync roster
          </SyncButton>
        ) : (
          <p className="text-sm text-muted">The LMS did not offer its roster to this course.</p>
        )}
      </CardBody>
    </Card>
  );
}

function GradesCard({ course, state }: CardProps) {
  const run = course.runs.find(({ kind }) => kind === "grade_sync");
  const { pending, sending, sent, rejected, conflict } = course.scores;
  return (
    <Card aria-labelledby="grades">
      <CardHeader id="grades" title="Grades" />
      <FactList
        facts={[
          { label: "Sent", value: formatCount(sent) },
          { label: "Waiting", value: formatCount(pending + sending) },
          { label: "Failed", value: formatCount(rejected + conflict) },
        ]}
      />
      <CardBody className="space-y-3 border-t">
        <LaunchedRun run={run} />
        {course.offersGrades ? (
          <SyncButton kind="grade_sync" state={state} isRunning={isUnfinished(run)}>
            <Send aria-hidden /> Send grades
          </SyncButton>
        ) : (
          <p className="text-sm text-muted">The LMS did not offer its grade book to this course.</p>
        )}
      </CardBody>
    </Card>
  );
}

function SyncButton(props: {
  kind: LaunchedSync["kind"];
  state: LaunchedState;
  isRunning: boolean;
  children: React.ReactNode;
}) {
  const { kind, state, isRunning } = props;
  const isBusy = state.asking === kind || isRunning;
  return (
    <Button look="primary" isBusy={isBusy} disabled={isBusy} onClick={() => void state.start(kind)}>
      {props.children}
    </Button>
  );
}

function isUnfinished(run: LaunchedCourseView["runs"][number] | undefined): boolean {
  return run !== undefined && ["queued", "running", "paused"].includes(run.state);
}
