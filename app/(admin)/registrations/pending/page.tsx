import type { Metadata } from "next";
import { pageCaller } from "../../../_server/caller.ts";
import { approve, decline } from "../[registrationId]/actions.ts";
import { invite, revoke } from "./actions.ts";
import { InvitationList } from "#components/invitations/invitation-list.tsx";
import { PendingRegistrations } from "#components/invitations/pending-registrations.tsx";
import { PageHeader } from "#components/layout/page-header.tsx";
import { FirstPaint } from "#components/live/first-paint.tsx";
import { RegistrationTabs } from "#components/registrations/registration-tabs.tsx";
import { listInvitations } from "#lib/operations/invitations/invitations.ts";
import { serviceScopes } from "#lib/operations/registrations/platform-facts.ts";
import { listRegistrations } from "#lib/operations/registrations/registrations.ts";

export const metadata: Metadata = { title: "Pending registrations" };

const PENDING = { state: "pending", limit: 50 } as const;

export default async function PendingRegistrationsPage() {
  const caller = await pageCaller("/registrations/pending");
  const [registrations, invitations] = await Promise.all([
    listRegistrations(caller, PENDING),
    listInvitations(caller, {}),
  ]);
  return (
    <>
      <PageHeader
        title="Registrations"
        description="An LMS that follows a registration link appears here, and waits for approval."
      />
      <FirstPaint
        reads={[
          { path: "/api/v1/registrations", query: PENDING, data: registrations },
          { path: "/api/v1/invitations", data: invitations },
        ]}
      >
        <RegistrationTabs />
        <div className="space-y-5">
          <PendingRegistrations approve={approve} decline={decline} scopes={serviceScopes()} />
          <InvitationList invite={invite} revoke={revoke} />
        </div>
      </FirstPaint>
    </>
  );
}
