"use client";

import { ClipboardCheck } from "lucide-react";
import { useLiveResource } from "#components/live/use-live-resource.ts";
import {
  RegistrationApproval,
  type RegistrationActs,
} from "#components/registrations/registration-approval.tsx";
import { PENDING_QUERY } from "#components/registrations/registration-tabs.tsx";
import { Card, CardHeader } from "#components/ui/card.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import type { ServiceScope } from "#lib/operations/registrations/platform-facts.ts";
import type { Page } from "#lib/operations/fields.ts";
import type { RegistrationView } from "#lib/operations/registrations/schema.ts";

/** What LMSs have registered and nobody has approved yet. */
export function PendingRegistrations(props: RegistrationActs & { scopes: ServiceScope[] }) {
  const { data } = useLiveResource<Page<RegistrationView>>("/api/v1/registrations", PENDING_QUERY);
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
