"use client";

import { GraduationCap, Plus } from "lucide-react";
import type { ReactNode } from "react";
import { ActLink } from "#components/access/act-link.tsx";
import { RecentRuns } from "#components/history/recent-runs.tsx";
import type { FormAction } from "#components/forms/form-state.ts";
import { reads } from "#components/live/reads.ts";
import { useRead } from "#components/live/use-read.ts";
import { SkeletonRows } from "#components/ui/boxes/skeleton.tsx";
import { Card } from "#components/ui/boxes/card.tsx";
import { EmptyState } from "#components/ui/boxes/empty-state.tsx";
import type { PlatformGuide } from "#lib/platforms/index.ts";
import type { PlatformLimits, ServiceScope } from "#lib/operations/registrations/platform-facts.ts";
import type { DeploymentActs } from "#components/registrations/approval/deployment-approval.tsx";
import type {
  ApprovalProps,
  RegistrationActs,
} from "#components/registrations/approval/registration-approval.tsx";
import {
  ServiceOriginsCard,
  type OriginActs,
} from "#components/registrations/approval/service-origins-card.tsx";
import { lazily } from "#components/ui/lazily.tsx";
import { DeploymentsCard } from "./deployments-card.tsx";
import { LimitsCard } from "./limits-card.tsx";
import { RegistrationFacts } from "./registration-facts.tsx";
import { RegistrationTiles } from "./registration-tiles.tsx";
import { TokenCard } from "./token-card.tsx";

const RegistrationApproval = lazily<ApprovalProps>(() =>
  import("#components/registrations/approval/registration-approval.tsx").then(
    (file) => file.RegistrationApproval,
  ),
);

export function RegistrationOverview(props: {
  registrationId: string;
  limits: PlatformLimits;
  /** What the registration's LMS calls things. */
  guide: PlatformGuide;
  addDeployment: FormAction;
  approval: DeploymentActs & RegistrationActs & OriginActs;
  scopes: ServiceScope[];
  /** What happened lately, as the server drew it. */
  pictures: ReactNode;
}) {
  const { registrationId, approval, pictures } = props;
  const { data: registration } = useRead(reads.registration({ registrationId }));
  if (!registration) return <SkeletonRows />;
  return (
    <div className="grid items-start gap-5 xl:grid-cols-[minmax(0,1fr)_20rem]">
      <div className="min-w-0 space-y-5">
        {registration.state !== "active" && (
          <RegistrationApproval registration={registration} scopes={props.scopes} {...approval} />
        )}
        {registration.courseCount === 0 ? (
          <NoCourses registrationId={registrationId} />
        ) : (
          <RegistrationTiles registration={registration} />
        )}
        {pictures}
        <RecentRuns of={{ registrationId }} href={`/registrations/${registrationId}/runs`} />
        <ServiceOriginsCard registration={registration} {...approval} />
        <DeploymentsCard registration={registration} add={props.addDeployment} {...approval} />
      </div>
      <div className="min-w-0 space-y-5">
        <RegistrationFacts registration={registration} guide={props.guide} />
        <TokenCard registration={registration} />
        <LimitsCard limits={props.limits} overrides={registration.profileOverrides} />
      </div>
    </div>
  );
}

function NoCourses({ registrationId }: { registrationId: string }) {
  return (
    <Card aria-labelledby="courses">
      <EmptyState
        icon={GraduationCap}
        title="No courses yet"
        actions={
          <ActLink href={`/courses/new?registrationId=${registrationId}`} size="sm" look="primary">
            <Plus aria-hidden /> Add a course
          </ActLink>
        }
      >
        <p id="courses">
          Paste the service addresses of a first course: its launch carries them, or the LMS shows
          them.
        </p>
      </EmptyState>
    </Card>
  );
}
