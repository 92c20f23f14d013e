import { Check, LoaderCircle, Minus } from "lucide-react";
import { HealthBadge } from "#components/states/health-badge.tsx";
import { RelativeTime } from "#components/live/time/time.tsx";
import { Badge } from "#components/ui/text/badge.tsx";
import type { Column } from "#components/ui/tables/data-table.tsx";
import { RowLink } from "#components/ui/tables/row-link.tsx";
import { Status } from "#components/ui/text/status.tsx";
import { TextLink } from "#components/ui/buttons/text-link.tsx";
import { formatCount } from "#lib/format.ts";
import type { CourseView } from "#lib/operations/courses/schema.ts";

export const COURSE_COLUMNS: Column<CourseView>[] = [
  {
    key: "title",
    header: "Course",
    isLead: true,
    sort: "title",
    cell: (course) => (
      <span className="inline-flex max-w-full items-center gap-2">
        <RowLink href={`/courses/${course.id}`}>{course.title}</RowLink>
        {course.label && <span className="truncate text-xs text-muted">{course.label}</span>}
        {course.archivedAt && <Badge>Archived</Badge>}
        {course.activeRunId && <Syncing runId={course.activeRunId} />}
      </span>
    ),
  },
  {
    key: "context",
    header: "Context ID",
    isOptional: true,
    cell: ({ contextId }) => <code className="font-mono text-xs">{contextId}</code>,
  },
  {
    key: "registration",
    header: "Registration",
    cell: ({ registrationId, registrationName }) => (
      <TextLink href={`/registrations/${registrationId}`}>{registrationName}</TextLink>
    ),
  },
  {
    key: "services",
    // What a launch announced; whether it can be read is the health's to say.
    header: "Announced",
    isOptional: true,
    cell: (course) => <Services course={course} />,
  },
  {
    key: "health",
    header: "Health",
    phone: "state",
    cell: (course) => <HealthBadge {...course} />,
  },
  {
    key: "members",
    header: "Members",
    sort: "memberCount",
    phone: "figure",
    align: "end",
    cell: ({ memberCount }) => formatCount(memberCount),
  },
  {
    key: "roster",
    header: "Last good roster",
    sort: "rosterSyncedAt",
    phone: "figure",
    align: "end",
    cell: ({ rosterSyncedAt }) => <RelativeTime at={rosterSyncedAt} />,
  },
  {
    key: "waiting",
    header: "Waiting",
    align: "end",
    cell: ({ offersGrades, scores }) =>
      formatCount(offersGrades ? scores.pending + scores.sending : null),
  },
  {
    key: "rejected",
    header: "Rejected",
    align: "end",
    cell: ({ offersGrades, scores }) => (
      <span className={scores.rejected > 0 ? "font-medium text-bad" : undefined}>
        {formatCount(offersGrades ? scores.rejected : null)}
      </span>
    ),
  },
];

function Syncing({ runId }: { runId: string }) {
  return (
    <TextLink href={`/runs/${runId}`} className="no-underline">
      <Status tone="active" icon={LoaderCircle} isSpinning>
        Syncing
      </Status>
    </TextLink>
  );
}

function Services({ course }: { course: Pick<CourseView, "offersMemberships" | "offersGrades"> }) {
  return (
    <span className="flex flex-wrap gap-x-3">
      <Service name="Rosters" isOffered={course.offersMemberships} />
      <Service name="Grades" isOffered={course.offersGrades} />
    </span>
  );
}

function Service({ name, isOffered }: { name: string; isOffered: boolean }) {
  const Icon = isOffered ? Check : Minus;
  return (
    <span className="inline-flex items-center gap-1 whitespace-nowrap">
      <Icon aria-hidden className={isOffered ? "size-3.5 text-muted" : "size-3.5 text-faint"} />
      <span className={isOffered ? undefined : "text-muted"}>
        {isOffered ? name : `No ${name.toLowerCase()}`}
      </span>
    </span>
  );
}
