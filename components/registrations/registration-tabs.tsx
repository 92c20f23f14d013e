"use client";

import { TabNav } from "#components/layout/navigation/tab-nav.tsx";
import { pendingRegistrations } from "#components/live/reads.ts";
import { useRead } from "#components/live/use-read.ts";
import { formatCount } from "#lib/format.ts";

/** Registrations in use, and those that an LMS made itself and nobody has approved yet. */
export function RegistrationTabs() {
  const { data } = useRead(pendingRegistrations());
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
