"use client";

import type { ReactNode } from "react";
import { ErrorNotice } from "#components/errors/error-notice.tsx";
import type { FormAction } from "#components/forms/form-state.ts";
import { reads } from "#components/live/reads.ts";
import { AbsoluteTime } from "#components/live/time/time.tsx";
import { useRead } from "#components/live/use-read.ts";
import { Banner } from "#components/ui/boxes/banner.tsx";
import { Card, CardHeader } from "#components/ui/boxes/card.tsx";
import { CopyValue } from "#components/ui/buttons/copy-value.tsx";
import { FactList } from "#components/ui/text/fact-list.tsx";
import { SkeletonRows } from "#components/ui/boxes/skeleton.tsx";
import { TextLink } from "#components/ui/buttons/text-link.tsx";
import { UNKNOWN } from "#lib/format.ts";
import type { ServiceScope } from "#lib/operations/registrations/platform-facts.ts";
import type { CourseView } from "#lib/operations/courses/schema.ts";
import { ADDRESS_LABELS, ADDRESS_NAMES } from "../address-words.ts";
import { RecentRuns } from "#components/history/recent-runs.tsx";
import { CourseTiles } from "./course-tiles.tsx";
import { LaunchChanges } from "./launch-changes.tsx";
import { ScopeList } from "./scope-list.tsx";
import { WaitingOrigins } from "./waiting-origins.tsx";

type Props = {
  courseId: string;
  scopes: ServiceScope[];
  approveOrigin: FormAction;
  /** What happened lately, as the server drew it. */
  pictures: ReactNode;
};

export function CourseOverview({ courseId, scopes, approveOrigin, pictures }: Props) {
  const { data: course } = useRead(reads.course({ courseId }));
  if (!course) return <SkeletonRows />;
  return (
    <div className="space-y-5">
      <WaitingOrigins course={course} approve={approveOrigin} />
      {course.lastRosterProblem && (
        <ErrorNotice
          problem={course.lastRosterProblem}
          platform={course.platform}
          about={{ course: course.title, registration: course.registrationName }}
        />
      )}
      <MissingServices course={course} />
      <div className="grid items-start gap-5 xl:grid-cols-[minmax(0,1fr)_20rem]">
        <div className="min-w-0 space-y-5">
          <CourseTiles course={course} />
          {pictures}
          <RecentRuns of={{ courseId }} href={`/courses/${courseId}/runs`} />
          <LaunchChanges courseId={courseId} />
        </div>
        <div className="min-w-0 space-y-5">
          <ServiceFacts course={course} />
          <Card aria-labelledby="scopes">
            <CardHeader id="scopes" title="Announced scopes" />
            <ScopeList announced={course.scopes} scopes={scopes} />
          </Card>
        </div>
      </div>
    </div>
  );
}

function MissingServices({ course }: { course: CourseView }) {
  const missing = [
    !course.offersMemberships && "names and roles, so there is no roster",
    !course.offersGrades && "assignments and grades, so no scores can be sent",
  ].filter((service) => service !== false);
  if (missing.length === 0) return null;
  return (
    <Banner tone="idle" title="This LMS did not offer every service here">
      <p>It announced no address for {missing.join(", nor for ")}.</p>
      <p>
        The LMS administrator switches the service on for the tool; then add its address under{" "}
        <TextLink href={`/courses/${course.id}/settings`}>Settings</TextLink>.
      </p>
    </Banner>
  );
}

function ServiceFacts({ course }: { course: CourseView }) {
  const addresses = ADDRESS_NAMES.map((name) => ({
    label: ADDRESS_LABELS[name],
    value: course[name],
  }));
  return (
    <Card aria-labelledby="course-facts">
      <CardHeader id="course-facts" title="Course" />
      <FactList
        facts={[
          {
            label: "Registration",
            value: (
              <TextLink href={`/registrations/${course.registrationId}`}>
                {course.registrationName}
              </TextLink>
            ),
          },
          {
            label: "Deployment ID",
            value: <CopyValue value={course.deploymentId} label="deployment ID" />,
          },
          { label: "Context ID", value: <CopyValue value={course.contextId} label="context ID" /> },
          ...addresses.map(({ label, value }) => ({
            label,
            value: value ? <CopyValue value={value} label={label} /> : UNKNOWN,
          })),
          { label: "Added", value: <AbsoluteTime at={course.createdAt} /> },
        ]}
      />
    </Card>
  );
}
