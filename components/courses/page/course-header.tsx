"use client";

import { Archive, Eye, RefreshCw } from "lucide-react";
import { useSyncBlock } from "#components/access/sync-block.tsx";
import { ActionButton } from "#components/forms/acts/action-button.tsx";
import type { FormAction } from "#components/forms/form-state.ts";
import { PauseButton, type PauseActions } from "#components/forms/acts/pause-button.tsx";
import { HealthBadge } from "#components/states/health-badge.tsx";
import { PageHeader } from "#components/layout/page-header.tsx";
import { TabNav } from "#components/layout/navigation/tab-nav.tsx";
import { ReadState } from "#components/live/read-state.tsx";
import { reads } from "#components/live/reads.ts";
import { RelativeTime } from "#components/live/time/time.tsx";
import { useRead } from "#components/live/use-read.ts";
import { Banner } from "#components/ui/boxes/banner.tsx";
import { TextLink } from "#components/ui/buttons/text-link.tsx";
import { formatCount } from "#lib/format.ts";
import type { CourseView } from "#lib/operations/courses/schema.ts";
import { SendScores } from "./send-scores.tsx";

type Actions = PauseActions & {
  syncRoster: FormAction;
  previewRoster: FormAction;
  syncGrades: FormAction;
  restore: FormAction;
};

export function CourseHeader({ courseId, ...actions }: Actions & { courseId: string }) {
  const read = useRead(reads.course({ courseId }));
  return (
    <>
      <ReadState of={read} waiting={null}>
        {(course) => (
          <>
            {course.archivedAt && <ArchivedBanner course={course} restore={actions.restore} />}
            {course.pausedAt && !course.archivedAt && (
              <PausedBanner by={course.pausedBy ?? ""} at={course.pausedAt} />
            )}
            <Title course={course} {...actions} />
          </>
        )}
      </ReadState>
      <TabNav label="Course" tabs={tabs(courseId, read.data)} />
    </>
  );
}

function tabs(courseId: string, course: CourseView | undefined) {
  const href = `/courses/${courseId}`;
  const members = course?.memberCount;
  return [
    { href, label: "Overview" },
    {
      href: `${href}/roster`,
      label: "People",
      count: typeof members === "number" ? formatCount(members) : undefined,
    },
    { href: `${href}/gradebook`, label: "Gradebook" },
    { href: `${href}/grades`, label: "Scores" },
    { href: `${href}/grades/line-items`, label: "Line items" },
    { href: `${href}/proof`, label: "Proof" },
    { href: `${href}/runs`, label: "Runs" },
    { href: `${href}/settings`, label: "Settings" },
  ];
}

function Title(props: Actions & { course: CourseView }) {
  const { course } = props;
  return (
    <PageHeader
      title={course.title}
      crumbs={[
        { label: "Courses", href: "/courses" },
        { label: course.registrationName, href: `/registrations/${course.registrationId}` },
      ]}
      status={<HealthBadge {...course} />}
      description={
        <>
          {course.label && `${course.label}. `}Last good roster:{" "}
          <RelativeTime at={course.rosterSyncedAt} unknown="never" />.
          <UnderWay course={course} />
        </>
      }
      actions={!course.archivedAt && <Syncs {...props} />}
    />
  );
}

/** What runs on the course now, the sending of scores first. */
function UnderWay({ course }: { course: CourseView }) {
  const runId = course.sendingRunId ?? course.activeRunId;
  if (runId === null) return null;
  return (
    <>
      {" "}
      <TextLink href={`/runs/${runId}`}>{underWayWords(course)}</TextLink>.
    </>
  );
}

function underWayWords({ sendingRunId, health }: CourseView): string {
  if (sendingRunId !== null)
    return health === "paused" ? "A run with its scores waits" : "A run sends its scores";
  return health === "paused" ? "A sync waits" : "A sync is under way";
}

function Syncs(props: Actions & { course: CourseView }) {
  const { course, syncRoster, previewRoster, syncGrades } = props;
  const values = { courseId: course.id };
  const block = useSyncBlock(course.syncBlock);
  return (
    <>
      <PauseButton {...props} isPaused={course.pausedAt !== null} values={values} />
      {course.offersMemberships && (
        <>
          <ActionButton action={previewRoster} values={values} blocked={block}>
            <Eye aria-hidden /> Preview roster
          </ActionButton>
          <ActionButton action={syncRoster} values={values} blocked={block}>
            <RefreshCw aria-hidden /> Sync roster
          </ActionButton>
        </>
      )}
      {course.offersGrades && <SendScores course={course} send={syncGrades} />}
    </>
  );
}

function PausedBanner({ by, at }: { by: string; at: string }) {
  return (
    <Banner tone="idle" className="mb-4" title="This course is paused">
      <p>
        By {by}, <RelativeTime at={at} />. Nothing is synced; scores are still accepted and go out
        when it is resumed.
      </p>
    </Banner>
  );
}

function ArchivedBanner({ course, restore }: { course: CourseView; restore: FormAction }) {
  return (
    <Banner
      tone="warn"
      className="mb-4"
      title="This course is archived"
      actions={
        <ActionButton action={restore} values={{ courseId: course.id }} size="sm">
          <Archive aria-hidden /> Restore
        </ActionButton>
      }
    >
      <p>Nothing is synced. Its roster, scores and runs are kept.</p>
    </Banner>
  );
}
