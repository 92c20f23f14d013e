"use client";

import { ErrorNotice } from "#components/errors/error-notice.tsx";
import type { FormAction } from "#components/forms/form-state.ts";
import { reads } from "#components/live/reads.ts";
import { AbsoluteTime, RelativeTime } from "#components/live/time/time.tsx";
import { useRead } from "#components/live/use-read.ts";
import { Banner } from "#components/ui/banner.tsx";
import { Card, CardHeader } from "#components/ui/card.tsx";
import { CopyValue } from "#components/ui/copy-value.tsx";
import { type Fact, FactList } from "#components/ui/fact-list.tsx";
import { SkeletonRows } from "#components/ui/skeleton.tsx";
import { TextLink } from "#components/ui/text-link.tsx";
import { formatCount, plural, UNKNOWN } from "#lib/format.ts";
import type { ServiceScope } from "#lib/operations/registrations/platform-facts.ts";
import type { CourseView } from "#lib/operations/courses/schema.ts";
import { ADDRESS_LABELS, ADDRESS_NAMES } from "./address-words.ts";
import { LaunchChanges } from "./launch-changes.tsx";
import { ScopeList } from "./scope-list.tsx";
import { WaitingOrigins } from "./waiting-origins.tsx";

type Props = { courseId: string; scopes: ServiceScope[]; approveOrigin: FormAction };

export function CourseOverview({ courseId, scopes, approveOrigin }: Props) {
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
      <div className="grid items-start gap-5 xl:grid-cols-2">
        <div className="space-y-5">
          <ServiceFacts course={course} />
          <LaunchChanges courseId={courseId} />
        </div>
        <div className="space-y-5">
          <StateFacts course={course} />
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

function StateFacts({ course }: { course: CourseView }) {
  const { scores, id } = course;
  const scoreFacts = [
    { label: "Scores waiting", count: scores.pending + scores.sending, state: "pending" },
    { label: "Scores sent", count: scores.sent, state: "sent" },
    { label: "Scores rejected", count: scores.rejected, state: "rejected" },
  ];
  return (
    <Card aria-labelledby="course-state">
      <CardHeader id="course-state" title="Now" />
      <FactList
        facts={[
          {
            label: "Members",
            value: formatCount(course.memberCount),
            note: (
              <>
                last complete roster <RelativeTime at={course.rosterSyncedAt} unknown="never" />
              </>
            ),
          },
          ...scoreFacts.map(({ label, count, state }) => ({
            label,
            value:
              count > 0 ? (
                <TextLink href={`/courses/${id}/grades?state=${state}`}>
                  {formatCount(count)}
                </TextLink>
              ) : (
                formatCount(course.offersGrades ? 0 : null)
              ),
          })),
          ...(course.offersGrades ? [proofFact(course)] : []),
        ]}
      />
    </Card>
  );
}

function proofFact({ id, proof }: CourseView): Fact {
  const label = "Checked on the platform";
  const link = (words: string) => <TextLink href={`/courses/${id}/proof`}>{words}</TextLink>;
  if (proof === null) return { label, value: link("Never verified") };
  const open = proof.open > 0 && `${formatCount(proof.open)} not as sent`;
  const notOurs = proof.notOurs > 0 && `${plural(proof.notOurs, "result")} not ours`;
  return {
    label,
    value: (
      <>
        {link(`${formatCount(proof.proven)} of ${formatCount(proof.total)} proven`)}{" "}
        <RelativeTime at={proof.provedAt} />
      </>
    ),
    note: [open, notOurs].filter(Boolean).join(", "),
  };
}
