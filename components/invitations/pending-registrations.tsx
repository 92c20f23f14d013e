"use client";

import { ClipboardCheck } from "lucide-react";
import { pendingRegistrations } from "#components/live/reads.ts";
import { useRead } from "#components/live/use-read.ts";
import {
  RegistrationApproval,
  type RegistrationActs,
} from "#components/registrations/approval/registration-approval.tsx";
import { Card, CardHeader } from "#components/ui/boxes/card.tsx";
import { EmptyState } from "#components/ui/boxes/empty-state.tsx";
import type { ServiceScope } from "#lib/operations/registrations/platform-facts.ts";

/** What LMSs have registered and nobody has approved yet. */
export function PendingRegistrations(props: RegistrationActs & { scopes: ServiceScope[] }) {
  const { data } = useRead(pendingRegistrations());
  if (data?.items.length === 0) {
    return (
      <Card aria-labelledby="pending">
        <CardHeader id="pending" title="Waiting for approval" />
        <EmptyState icon={ClipboardCheck} title="Nothing waits for approval">
          Make a registration link below and give it to the LMS administrator.
        </EmptyState>
      </Card>
    );
  }
  return data?.items.map((registration) => (
    <RegistrationApproval key={registration.id} registration={registration} isLinked {...props} />
  ));
}
