"use client";

import { CircleCheck } from "lucide-react";
import { ActionButton } from "#components/forms/acts/action-button.tsx";
import type { FormAction } from "#components/forms/form-state.ts";
import { RegistrationApproval } from "#components/registrations/approval/registration-approval.tsx";
import { reads } from "#components/live/reads.ts";
import { useRead } from "#components/live/use-read.ts";
import { Card } from "#components/ui/boxes/card.tsx";
import { EmptyState } from "#components/ui/boxes/empty-state.tsx";
import { SkeletonRows } from "#components/ui/boxes/skeleton.tsx";
import type { ServiceScope } from "#lib/operations/registrations/platform-facts.ts";

export type ApprovalActs = {
  /** Approves, and goes on to the connection test. */
  approve: FormAction;
  decline: FormAction;
  /** Goes on to the connection test with what is approved already. */
  goOn: FormAction;
};

/** What the LMS registered, and the decision on it; once it is approved, the way on. */
export function PendingApproval(props: {
  draftId: string;
  registrationId: string;
  acts: ApprovalActs;
  scopes: ServiceScope[];
}) {
  const { draftId, registrationId, acts } = props;
  const { data: registration } = useRead(reads.registration({ registrationId }));
  if (!registration) return <SkeletonRows />;
  if (registration.state !== "active") {
    return (
      <RegistrationApproval
        registration={registration}
        approve={acts.approve}
        decline={acts.decline}
        scopes={props.scopes}
        values={{ draftId }}
      />
    );
  }
  return (
    <Card aria-label="Registered">
      <EmptyState
        icon={CircleCheck}
        title={`${registration.name} is registered and approved`}
        actions={
          <ActionButton action={acts.goOn} values={{ draftId, registrationId }} look="primary">
            Continue to the connection test
          </ActionButton>
        }
      />
    </Card>
  );
}
