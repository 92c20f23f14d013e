import type { Metadata } from "next";
import { pageCaller } from "../../_server/caller.ts";
import { prefetch } from "../../_server/prefetch.ts";
import {
  addOperator,
  changePassword,
  createApiKey,
  removeOperator,
  revokeApiKey,
} from "./actions.ts";
import { PageHeader } from "#components/layout/page-header.tsx";
import { Prefetched } from "#components/live/prefetched.tsx";
import { reads } from "#components/live/reads.ts";
import { ApiKeys } from "#components/settings/api-keys.tsx";
import { Operators } from "#components/settings/operators.tsx";
import { PasswordCard } from "#components/settings/password-card.tsx";
import { SettingsTabs } from "#components/settings/settings-tabs.tsx";
import { SystemCard } from "#components/settings/system-card.tsx";

export const metadata: Metadata = { title: "Settings" };

export default async function SettingsPage() {
  const caller = await pageCaller("/settings");
  const read = await Promise.all([
    prefetch(caller, reads.apiKeys({})),
    prefetch(caller, reads.operators({})),
  ]);
  return (
    <>
      <PageHeader title="Settings" />
      <SettingsTabs />
      <Prefetched reads={read}>
        <div className="max-w-5xl space-y-5">
          <ApiKeys create={createApiKey} revoke={revokeApiKey} />
          <Operators ownId={caller.actor.id} add={addOperator} remove={removeOperator} />
          <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
            <SystemCard />
            <PasswordCard action={changePassword} />
          </div>
        </div>
      </Prefetched>
    </>
  );
}
