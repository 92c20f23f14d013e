import type { Metadata } from "next";
import { pageCaller } from "../../../_server/caller.ts";
import { prefetch } from "../../../_server/prefetch.ts";
import { RefreshWithRuns } from "#components/history/refresh-with-runs.tsx";
import { RegistrationPictures } from "#components/history/registration-pictures.tsx";
import { Prefetched } from "#components/live/prefetched.tsx";
import { reads, recentRunsOf } from "#components/live/reads.ts";
import { RegistrationOverview } from "#components/registrations/page/registration-overview.tsx";
import { platformLimits, serviceScopes } from "#lib/operations/registrations/platform-facts.ts";
import { guideFor } from "#lib/platforms/index.ts";
import {
  addDeployment,
  addOrigin,
  approve,
  approveDeployment,
  approveOrigin,
  decline,
  declineDeployment,
  declineOrigin,
  removeOrigin,
} from "./actions.ts";

export const metadata: Metadata = { title: "Registration" };

export default async function RegistrationPage(props: {
  params: Promise<{ registrationId: string }>;
}) {
  const { registrationId } = await props.params;
  const caller = await pageCaller(`/registrations/${registrationId}`);
  const [{ data: registration }, runs, { data: history }] = await Promise.all([
    prefetch(caller, reads.registration({ registrationId })),
    prefetch(caller, recentRunsOf({ registrationId })),
    prefetch(caller, reads.registrationHistory({ registrationId })),
  ]);
  return (
    <Prefetched reads={[runs]}>
      <RegistrationOverview
        registrationId={registrationId}
        limits={platformLimits(registration.profile, registration.profileOverrides)}
        guide={guideFor(registration.profile)}
        addDeployment={addDeployment}
        approval={{
          approve,
          decline,
          approveDeployment,
          declineDeployment,
          addOrigin,
          approveOrigin,
          declineOrigin,
          removeOrigin,
        }}
        scopes={serviceScopes()}
        pictures={
          <>
            <RefreshWithRuns of={{ registrationId }} />
            <RegistrationPictures history={history} />
          </>
        }
      />
    </Prefetched>
  );
}
