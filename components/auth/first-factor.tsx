"use client";

import Link from "next/link";
import { ActionButton } from "#components/forms/acts/action-button.tsx";
import type { FormAction } from "#components/forms/form-state.ts";
import { usePlainForm } from "#components/forms/use-plain-form.ts";
import { MadeCodes } from "#components/settings/account/recovery-codes.tsx";
import { newest, SetUp, useRefreshWhenDone } from "#components/settings/account/set-up-app.tsx";
import type { ProvingActs } from "#components/access/ask-again-dialog.tsx";
import { AddPasskey, type AddingActs } from "#components/passkeys/add-passkey.tsx";
import { PasskeyForm } from "#components/passkeys/passkey-form.tsx";
import { Button } from "#components/ui/buttons/button.tsx";
import type { OwnPasskeys } from "#lib/operations/passkeys/schema.ts";
import type { OwnSecondFactor, RecoveryCodes } from "#lib/operations/second-factor/schema.ts";
import { AuthCard } from "./auth-card.tsx";

const PAGE = "/second-factor";

/** Where an admin of whom a second factor is asked sets it up, before anything else. */
export function FirstFactor(props: {
  factor: OwnSecondFactor;
  passkeys: OwnPasskeys;
  /** This session stands on two factors. */
  isDone: boolean;
  adding: AddingActs;
  proving: ProvingActs;
  begin: FormAction;
  confirm: FormAction<RecoveryCodes>;
  signOut: () => Promise<void>;
}) {
  const { app, setUp } = props.factor;
  const { isDone, passkeys } = props;
  const hasPasskey = !isDone && passkeys.items.length > 0;
  const isUnset = !isDone && app === "off" && passkeys.items.length === 0;
  const confirming = usePlainForm(props.confirm, "app", ["present", "code"]);
  useRefreshWhenDone(confirming.state);
  const codes = newest(confirming.state);
  return (
    <AuthCard
      title={hasPasskey ? "Use your passkey" : "Set up a second factor"}
      description={
        hasPasskey
          ? "Admins need more than a password here. Who has lost the passkey is helped by another admin, or by npm run let-in on the server."
          : "Admins need one here: six digits of an app beside the password, or a passkey in its place."
      }
    >
      <div className="space-y-4 text-sm">
        {codes.length > 0 && <MadeCodes codes={codes} />}
        {hasPasskey && (
          <PasskeyForm
            ask={props.proving.askPasskey}
            send={props.proving.prove}
            values={{ onPage: "first" }}
            look="primary"
          >
            Use your passkey
          </PasskeyForm>
        )}
        {isUnset && (
          <ActionButton action={props.begin} values={{ page: PAGE }} look="primary">
            Set up an app
          </ActionButton>
        )}
        {isUnset && !passkeys.blocked && <AddPasskey acts={props.adding} />}
        {!isDone && app === "begun" && setUp && (
          <SetUp setUp={setUp} confirming={confirming} begin={props.begin} page={PAGE} />
        )}
        {isDone && (
          <Button asChild look="primary" className="w-full">
            <Link href="/">Go on to the console</Link>
          </Button>
        )}
      </div>
      {!isDone && (
        <form action={props.signOut}>
          <Button type="submit" size="sm">
            Sign out
          </Button>
        </form>
      )}
    </AuthCard>
  );
}
