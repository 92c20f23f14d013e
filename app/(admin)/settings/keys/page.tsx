import type { Metadata } from "next";
import { pageCaller } from "../../../_server/caller.ts";
import { prepare, replace, retire, switchKey } from "./actions.ts";
import { SigningKeys } from "#components/keys/signing-keys.tsx";
import { PageHeader } from "#components/layout/page-header.tsx";
import { FirstPaint } from "#components/live/first-paint.tsx";
import { SettingsTabs } from "#components/settings/settings-tabs.tsx";
import { listSigningKeys } from "#lib/operations/keys/signing-keys.ts";

export const metadata: Metadata = { title: "Signing keys" };

export default async function SigningKeysPage() {
  const caller = await pageCaller("/settings/keys");
  const data = await listSigningKeys(caller);
  return (
    <>
      <PageHeader title="Settings" />
      <SettingsTabs />
      <FirstPaint reads={[{ path: "/api/v1/signing-keys", data }]}>
        <div className="max-w-5xl">
          <SigningKeys prepare={prepare} switchKey={switchKey} retire={retire} replace={replace} />
        </div>
      </FirstPaint>
    </>
  );
}
