"use client";

import { TabNav } from "#components/layout/tab-nav.tsx";
import { useLiveResource } from "#components/live/use-live-resource.ts";
import { formatCount } from "#lib/format.ts";
import type { Page } from "#lib/operations/fields.ts";
import type { RegistrationView } from "#lib/operations/registrations/schema.ts";

export const PENDING_QUERY = { state: "pending", limit: 50 };

/** Registrations in use, and those that an LMS made itself and nobody has approved yet. */
export function RegistrationTabs() {
  const { data } = useLiveResource<Page<RegistrationView>>("/api/v1/registrations", PENDING_QUERY);
  const count = data && data.total > 0 ? formatCount(data.total) : undefined;
  return (
    <TabNav
      label="Registrations"
      tabs={[
        { href: "/registrations", label: "In use" },
        { href: "/registrations/pending", label: "Pending", count },
      ]}
    />
  );
}
