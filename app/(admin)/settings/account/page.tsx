import type { Metadata } from "next";
import { pageCaller } from "../../../_server/caller.ts";
import {
  addPasskey,
  beginApp,
  beginPasskey,
  changePassword,
  confirmApp,
  removeApp,
  removePasskey,
  renamePasskey,
  renewRecoveryCodes,
} from "./actions.ts";
import { Needs } from "#components/access/rights.tsx";
import { PageHeader } from "#components/layout/page-header.tsx";
import { AppCard } from "#components/settings/account/app-card.tsx";
import { PasskeysCard } from "#components/settings/account/passkeys-card.tsx";
import { PasswordCard } from "#components/settings/account/password-card.tsx";
import { SettingsTabs } from "#components/settings/settings-tabs.tsx";
import { listOwnPasskeys } from "#lib/operations/passkeys/own.ts";
import { getOwnSecondFactor } from "#lib/operations/second-factor/own.ts";

export const metadata: Metadata = { title: "Your account" };

export default async function AccountPage() {
  const caller = await pageCaller("/settings/account");
  const [factor, passkeys] = [await getOwnSecondFactor(caller), await listOwnPasskeys(caller)];
  return (
    <>
      <PageHeader title="Settings" />
      <SettingsTabs />
      <div className="max-w-5xl space-y-5">
        <Needs right="read">
          <AppCard
            factor={factor}
            begin={beginApp}
            confirm={confirmApp}
            remove={removeApp}
            renew={renewRecoveryCodes}
          />
          <PasskeysCard
            passkeys={passkeys}
            adding={{ begin: beginPasskey, add: addPasskey }}
            rename={renamePasskey}
            remove={removePasskey}
          />
          <PasswordCard action={changePassword} />
        </Needs>
      </div>
    </>
  );
}
