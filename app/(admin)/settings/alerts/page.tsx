import type { Metadata } from "next";
import { pageCaller } from "../../../_server/caller.ts";
import { prefetch } from "../../../_server/prefetch.ts";
import { registrationOptions } from "../../courses/registration-options.ts";
import * as acts from "./actions.ts";
import { PageHeader } from "#components/layout/page-header.tsx";
import { Prefetched } from "#components/live/prefetched.tsx";
import { reads } from "#components/live/reads.ts";
import { AdminsOnly } from "#components/settings/admins-only.tsx";
import { AlertBoard } from "#components/settings/alerts/alert-board.tsx";
import { SettingsTabs } from "#components/settings/settings-tabs.tsx";
import type { Asker } from "#lib/operations/caller.ts";
import { mayDo } from "#lib/operations/permit.ts";

export const metadata: Metadata = { title: "Alerts" };

export default async function AlertsPage() {
  const caller = await pageCaller("/settings/alerts");
  return (
    <>
      <PageHeader title="Settings" />
      <SettingsTabs />
      <div className="max-w-5xl space-y-5">
        {mayDo(caller.actor, "admin") ? <Board caller={caller} /> : <AdminsOnly of="Alerts" />}
      </div>
    </>
  );
}

async function Board({ caller }: { caller: Asker }) {
  const [board, registrations] = await Promise.all([
    prefetch(caller, reads.alerts({})),
    registrationOptions(caller),
  ]);
  return (
    <Prefetched reads={[board]}>
      <AlertBoard
        registrations={registrations}
        acknowledge={acts.acknowledge}
        addRule={acts.addRule}
        saveRule={acts.saveRule}
        enableRule={acts.enableRule}
        disableRule={acts.disableRule}
        removeRule={acts.removeRule}
        sendTest={acts.sendTest}
        saveServer={acts.saveServer}
      />
    </Prefetched>
  );
}
