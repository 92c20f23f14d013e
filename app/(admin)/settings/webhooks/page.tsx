import type { Metadata } from "next";
import { pageCaller } from "../../../_server/caller.ts";
import { prefetch } from "../../../_server/prefetch.ts";
import { registrationOptions } from "../../courses/registration-options.ts";
import { addWebhook } from "./actions.ts";
import { PageHeader } from "#components/layout/page-header.tsx";
import { Prefetched } from "#components/live/prefetched.tsx";
import { reads } from "#components/live/reads.ts";
import { AdminsOnly } from "#components/settings/admins-only.tsx";
import { SettingsTabs } from "#components/settings/settings-tabs.tsx";
import { Webhooks } from "#components/settings/webhooks/webhooks.tsx";
import type { Asker } from "#lib/operations/caller.ts";
import { mayDo } from "#lib/operations/permit.ts";

export const metadata: Metadata = { title: "Webhooks" };

export default async function WebhooksPage() {
  const caller = await pageCaller("/settings/webhooks");
  return (
    <>
      <PageHeader title="Settings" />
      <SettingsTabs />
      <div className="max-w-5xl space-y-5">
        {mayDo(caller.actor, "admin") ? (
          <ForAdmins caller={caller} />
        ) : (
          <AdminsOnly of="Webhooks" />
        )}
      </div>
    </>
  );
}

async function ForAdmins({ caller }: { caller: Asker }) {
  const [webhooks, registrations] = await Promise.all([
    prefetch(caller, reads.webhooks({})),
    registrationOptions(caller),
  ]);
  return (
    <Prefetched reads={[webhooks]}>
      <Webhooks registrations={registrations} add={addWebhook} />
    </Prefetched>
  );
}
