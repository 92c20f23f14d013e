import type { Metadata } from "next";
import { leave } from "../../(admin)/actions.ts";
import {
  addPasskey,
  beginApp,
  beginPasskey,
  confirmApp,
} from "../../(admin)/settings/account/actions.ts";
import { askPasskeyAgain, proveAgain } from "../login/again/actions.ts";
import { settingUpCaller } from "../../_server/caller.ts";
import { FirstFactor } from "#components/auth/first-factor.tsx";
import { listOwnPasskeys } from "#lib/operations/passkeys/own.ts";
import { getOwnSecondFactor } from "#lib/operations/second-factor/own.ts";

export const metadata: Metadata = { title: "Set up a second factor" };

export default async function SecondFactorPage() {
  const caller = await settingUpCaller();
  const { actor } = caller;
  const [factor, passkeys] = [await getOwnSecondFactor(caller), await listOwnPasskeys(caller)];
  return (
    <FirstFactor
      factor={factor}
      passkeys={passkeys}
      isDone={actor.kind === "operator" && actor.session?.hasSecondFactor === true}
      begin={beginApp}
      confirm={confirmApp}
      adding={{ begin: beginPasskey, add: addPasskey }}
      proving={{ prove: proveAgain, askPasskey: askPasskeyAgain }}
      signOut={leave}
    />
  );
}
