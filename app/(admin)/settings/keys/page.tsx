import type { Metadata } from "next";
import { pageCaller } from "../../../_server/caller.ts";
import { prefetch } from "../../../_server/prefetch.ts";
import { prepare, replace, retire, switchKey } from "./actions.ts";
import { Needs } from "#components/access/rights.tsx";
import { SigningKeys } from "#components/keys/signing-keys.tsx";
import { PageHeader } from "#components/layout/page-header.tsx";
import { Prefetched } from "#components/live/prefetched.tsx";
import { reads } from "#components/live/reads.ts";
import { SettingsTabs } from "#components/settings/settings-tabs.tsx";

export const metadata: Metadata = { title: "Signing keys" };

export default async function SigningKeysPage() {
  const caller = await pageCaller("/settings/keys");
  return (
    <>
      <PageHeader title="Settings" />
      <SettingsTabs />
      <Prefetched reads={[await prefetch(caller, reads.signingKeys({}))]}>
        <div className="max-w-5xl">
          <Needs right="admin">
            <SigningKeys
              prepare={prepare}
              switchKey={switchKey}
              retire={retire}
              replace={replace}
            />
          </Needs>
        </div>
      </Prefetched>
    </>
  );
}
