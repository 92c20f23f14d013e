import type { Metadata } from "next";
import { pageCaller } from "../../../_server/caller.ts";
import { prefetch } from "../../../_server/prefetch.ts";
import { approve, decline } from "../[registrationId]/actions.ts";
import { invite, revoke } from "./actions.ts";
import { InvitationList } from "#components/invitations/invitation-list.tsx";
import { PendingRegistrations } from "#components/invitations/pending-registrations.tsx";
import { PageHeader } from "#components/layout/page-header.tsx";
import { Prefetched } from "#components/live/prefetched.tsx";
import { latestInvitations, pendingRegistrations } from "#components/live/reads.ts";
import { RegistrationTabs } from "#components/registrations/registration-tabs.tsx";
import { serviceScopes } from "#lib/operations/registrations/platform-facts.ts";

export const metadata: Metadata = { title: "Pending registrations" };

export default async function PendingRegistrationsPage() {
  const caller = await pageCaller("/registrations/pending");
  const read = await Promise.all([
    prefetch(caller, pendingRegistrations()),
    prefetch(caller, latestInvitations()),
  ]);
  return (
    <>
      <PageHeader
        title="Registrations"
        description="An LMS that follows a registration link appears here, and waits for approval."
      />
      <Prefetched reads={read}>
        <RegistrationTabs />
        <div className="space-y-5">
          <PendingRegistrations approve={approve} decline={decline} scopes={serviceScopes()} />
          <InvitationList invite={invite} revoke={revoke} />
        </div>
      </Prefetched>
    </>
  );
}
