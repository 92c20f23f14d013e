"use client";

import { GraduationCap, Hourglass } from "lucide-react";
import { ActionButton } from "#components/forms/acts/action-button.tsx";
import type { FormAction } from "#components/forms/form-state.ts";
import { RelativeTime } from "#components/live/time/time.tsx";
import { firstCoursesOf, reads } from "#components/live/reads.ts";
import { useRead } from "#components/live/use-read.ts";
import {
  DeploymentApproval,
  type DeploymentActs,
} from "#components/registrations/approval/deployment-approval.tsx";
import { guideFor } from "#lib/platforms/index.ts";
import { Banner } from "#components/ui/boxes/banner.tsx";
import { Card, CardBody, CardHeader } from "#components/ui/boxes/card.tsx";
import { EmptyState } from "#components/ui/boxes/empty-state.tsx";
import { SkeletonRows } from "#components/ui/boxes/skeleton.tsx";
import { TextLink } from "#components/ui/buttons/text-link.tsx";
import type { CourseView } from "#lib/operations/courses/schema.ts";
import type { RegistrationView } from "#lib/operations/registrations/schema.ts";

/** What to click in the LMS, and the course as soon as its first launch brings it. */
export function FirstLaunch(props: {
  draftId: string;
  registrationId: string;
  finish: FormAction;
  acts: DeploymentActs;
}) {
  const { registrationId } = props;
  const { data: registration } = useRead(reads.registration({ registrationId }));
  const courses = useRead(firstCoursesOf(registrationId));
  if (!registration || !courses.data) return <SkeletonRows />;
  const found = courses.data.items;
  return (
    <div className="grid items-start gap-5 lg:grid-cols-2">
      <Instructions registration={registration} />
      <div className="space-y-5">
        <PendingDeployments registration={registration} acts={props.acts} />
        <Card aria-label="First course">
          <div role="status">
            {found.length > 0 ? (
              <Arrived {...props} courses={found} />
            ) : (
              <Waiting registration={registration} />
            )}
          </div>
        </Card>
        <ActionButton action={props.finish} values={{ draftId: props.draftId, registrationId }}>
          {found.length > 0 ? "Finish, show the registration" : "Finish without a course"}
        </ActionButton>
      </div>
    </div>
  );
}

function Instructions({ registration }: { registration: RegistrationView }) {
  const guide = guideFor(registration.profile);
  return (
    <Card aria-labelledby="do">
      <CardHeader
        id="do"
        title={`In ${guide.profile === "other" ? "the LMS" : guide.name}`}
        description="A launch carries the course, its service addresses and its scopes."
      />
      <CardBody className="space-y-4 text-sm">
        <ol className="list-decimal space-y-2 ps-5 marker:text-muted">
          {guide.firstLaunch.map((step) => (
            <li key={step}>{step}</li>
          ))}
        </ol>
        <p className="text-muted">
          No launch is possible? <PasteLink registrationId={registration.id} />
        </p>
      </CardBody>
    </Card>
  );
}

function PasteLink({ registrationId }: { registrationId: string }) {
  return (
    <TextLink href={`/courses/new?registrationId=${registrationId}`}>
      Paste a course’s service URLs by hand
    </TextLink>
  );
}

function Waiting({ registration }: { registration: RegistrationView }) {
  return (
    <EmptyState icon={Hourglass} title="Waiting for the first launch…">
      {registration.lastLaunchAt ? (
        <p>
          The last launch came <RelativeTime at={registration.lastLaunchAt} />, and brought no
          course.
        </p>
      ) : (
        <p>The course appears here by itself. You may leave this page.</p>
      )}
    </EmptyState>
  );
}

function PendingDeployments(props: { registration: RegistrationView; acts: DeploymentActs }) {
  const { deployments, id } = props.registration;
  const pending = deployments.filter(({ state }) => state === "pending");
  if (pending.length === 0) return null;
  return (
    <Banner tone="warn" role="status" title="A launch came from a deployment that nobody approved">
      <p>Approve it if it is yours, then launch once more.</p>
      <ul className="space-y-2">
        {pending.map((deployment) => (
          <li key={deployment.id} className="flex flex-wrap items-center gap-2">
            <code className="font-mono text-xs break-all">{deployment.deploymentId}</code>
            <DeploymentApproval registrationId={id} deployment={deployment} {...props.acts} />
          </li>
        ))}
      </ul>
    </Banner>
  );
}

function Arrived(props: { draftId: string; courses: CourseView[]; finish: FormAction }) {
  const [first, ...more] = props.courses;
  if (!first) return null;
  return (
    <EmptyState
      icon={GraduationCap}
      title={first.title}
      actions={
        <ActionButton
          action={props.finish}
          values={{ draftId: props.draftId, courseId: first.id }}
          look="primary"
        >
          Open the course
        </ActionButton>
      }
    >
      <p>
        The LMS is connected, and its first course is here
        {more.length > 0 && `, with ${more.length} more`}.
      </p>
    </EmptyState>
  );
}
