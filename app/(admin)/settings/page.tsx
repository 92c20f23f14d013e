import type { Metadata } from "next";
import { pageCaller } from "../../_server/caller.ts";
import { prefetch } from "../../_server/prefetch.ts";
import {
  changeOperatorAccess,
  createApiKey,
  createPasswordLink,
  inviteOperator,
  removeOperator,
  resetSecondFactor,
  revokeApiKey,
  rotateApiKey,
} from "./actions.ts";
import { registrationOptions } from "../courses/registration-options.ts";
import { Needs } from "#components/access/rights.tsx";
import { PageHeader } from "#components/layout/page-header.tsx";
import { Prefetched } from "#components/live/prefetched.tsx";
import { reads } from "#components/live/reads.ts";
import { AdminsOnly } from "#components/settings/admins-only.tsx";
import { ApiKeys } from "#components/settings/api-keys/api-keys.tsx";
import { Operators } from "#components/settings/operators/operators.tsx";
import { SettingsTabs } from "#components/settings/settings-tabs.tsx";
import { SystemCard } from "#components/settings/system-card.tsx";
import type { Asker } from "#lib/operations/caller.ts";
import { mayDo } from "#lib/operations/permit.ts";

export const metadata: Metadata = { title: "Settings" };

export default async function SettingsPage() {
  const caller = await pageCaller("/settings");
  const isAdmin = mayDo(caller.actor, "admin");
  return (
    <>
      <PageHeader title="Settings" />
      <SettingsTabs />
      <div className="max-w-5xl space-y-5">
        {isAdmin ? <PeopleAndKeys caller={caller} /> : <AdminsOnly of="API keys and operators" />}
        <SystemCard />
      </div>
    </>
  );
}

async function PeopleAndKeys({ caller }: { caller: Asker }) {
  const [keys, operators, registrations] = await Promise.all([
    prefetch(caller, reads.apiKeys({})),
    prefetch(caller, reads.operators({})),
    registrationOptions(caller),
  ]);
  return (
    <Prefetched reads={[keys, operators]}>
      <Needs right="admin">
        <ApiKeys
          create={createApiKey}
          rotate={rotateApiKey}
          revoke={revokeApiKey}
          registrations={registrations}
        />
        <Operators
          ownId={caller.actor.id}
          invite={inviteOperator}
          makeLink={createPasswordLink}
          change={changeOperatorAccess}
          remove={removeOperator}
          reset={resetSecondFactor}
          registrations={registrations}
        />
      </Needs>
    </Prefetched>
  );
}
