"use client";

import { GraduationCap, Plus } from "lucide-react";
import Link from "next/link";
import type { FormAction } from "#components/forms/form-state.ts";
import { reads } from "#components/live/reads.ts";
import { useRead } from "#components/live/use-read.ts";
import { SkeletonRows } from "#components/ui/skeleton.tsx";
import { Button } from "#components/ui/button.tsx";
import { Card, CardHeader } from "#components/ui/card.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { GradesProven } from "#components/proof/proven.tsx";
import { plural } from "#lib/format.ts";
import type { PlatformLimits, ServiceScope } from "#lib/operations/registrations/platform-facts.ts";
import type { RegistrationView } from "#lib/operations/registrations/schema.ts";
import type { DeploymentActs } from "#components/registrations/approval/deployment-approval.tsx";
import {
  RegistrationApproval,
  type RegistrationActs,
} from "#components/registrations/approval/registration-approval.tsx";
import {
  ServiceOriginsCard,
  type OriginActs,
} from "#components/registrations/approval/service-origins-card.tsx";
import { DeploymentsCard } from "./deployments-card.tsx";
import { LimitsCard } from "./limits-card.tsx";
import { RecentRuns } from "./recent-runs.tsx";
import { RegistrationFacts } from "./registration-facts.tsx";
import { TokenCard } from "./token-card.tsx";

export function RegistrationOverview(props: {
  registrationId: string;
  limits: PlatformLimits;
  addDeployment: FormAction;
  approval: DeploymentActs & RegistrationActs & OriginActs;
  scopes: ServiceScope[];
}) {
  const { data: registration } = useRead(
    reads.registration({ registrationId: props.registrationId }),
  );
  if (!registration) return <SkeletonRows />;
  return (
    <div className="grid items-start gap-5 xl:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
      {registration.state !== "active" && (
        <div className="xl:col-span-2">
          <RegistrationApproval
            registration={registration}
            scopes={props.scopes}
            {...props.approval}
          />
        </div>
      )}
      <div className="space-y-5">
        <RegistrationFacts registration={registration} />
        <ServiceOriginsCard registration={registration} {...props.approval} />
        <RecentRuns registrationId={registration.id} />
      </div>
      <div className="space-y-5">
        <CoursesCard registration={registration} />
        <TokenCard registration={registration} />
        <DeploymentsCard
          registration={registration}
          add={props.addDeployment}
          {...props.approval}
        />
        <LimitsCard limits={props.limits} overrides={registration.profileOverrides} />
      </div>
    </div>
  );
}

function CoursesCard({ registration }: { registration: RegistrationView }) {
  const { id: registrationId, courseCount: count, proof } = registration;
  const add = (
    <Button asChild size="sm" look={count === 0 ? "primary" : "secondary"}>
      <Link href={`/courses/new?registrationId=${registrationId}`}>
        <Plus aria-hidden /> Add a course
      </Link>
    </Button>
  );
  return (
    <Card aria-labelledby="courses">
      {count === 0 ? (
        <EmptyState icon={GraduationCap} title="No courses yet" actions={add}>
          <p id="courses">
            Paste the service addresses of a first course: its launch carries them, or the LMS shows
            them.
          </p>
        </EmptyState>
      ) : (
        <CardHeader
          id="courses"
          title={plural(count, "course")}
          description={proof && <GradesProven proof={proof} />}
          actions={
            <>
              <Button asChild size="sm">
                <Link href={`/registrations/${registrationId}/courses`}>Show them</Link>
              </Button>
              {add}
            </>
          }
        />
      )}
    </Card>
  );
}
