import type { Metadata } from "next";
import { pageCaller } from "../../../_server/caller.ts";
import { found } from "../../../_server/found.ts";
import { FirstPaint } from "#components/live/first-paint.tsx";
import { recentRunsQuery } from "#components/registrations/recent-runs-query.ts";
import { RegistrationOverview } from "#components/registrations/registration-overview.tsx";
import { platformLimits, serviceScopes } from "#lib/operations/registrations/platform-facts.ts";
import { getRegistration } from "#lib/operations/registrations/registrations.ts";
import { listRuns } from "#lib/operations/runs/runs.ts";
import {
  addDeployment,
  approve,
  approveDeployment,
  decline,
  declineDeployment,
} from "./actions.ts";

export const metadata: Metadata = { title: "Registration" };

export default async function RegistrationPage(props: {
  params: Promise<{ registrationId: string }>;
}) {
  const { registrationId } = await props.params;
  const caller = await pageCaller(`/registrations/${registrationId}`);
  const registration = await found(getRegistration(caller, { registrationId }));
  const query = recentRunsQuery(registrationId);
  return (
    <FirstPaint reads={[{ path: "/api/v1/runs", query, data: await listRuns(caller, query) }]}>
      <RegistrationOverview
        registrationId={registrationId}
        limits={platformLimits(registration.profile, registration.profileOverrides)}
        addDeployment={addDeployment}
        approval={{ approve, decline, approveDeployment, declineDeployment }}
        scopes={serviceScopes()}
      />
    </FirstPaint>
  );
}
