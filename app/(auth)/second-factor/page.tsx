import type { Metadata } from "next";
import { leave } from "../../(admin)/actions.ts";
import { beginApp, confirmApp } from "../../(admin)/settings/account/actions.ts";
import { settingUpCaller } from "../../_server/caller.ts";
import { FirstFactor } from "#components/auth/first-factor.tsx";
import { getOwnSecondFactor } from "#lib/operations/second-factor/own.ts";

export const metadata: Metadata = { title: "Set up a second factor" };

export default async function SecondFactorPage() {
  const factor = await getOwnSecondFactor(await settingUpCaller());
  return <FirstFactor factor={factor} begin={beginApp} confirm={confirmApp} signOut={leave} />;
}
