"use client";

import Link from "next/link";
import { ActionButton } from "#components/forms/acts/action-button.tsx";
import type { FormAction } from "#components/forms/form-state.ts";
import { usePlainForm } from "#components/forms/use-plain-form.ts";
import { MadeCodes } from "#components/settings/account/recovery-codes.tsx";
import { newest, SetUp, useRefreshWhenDone } from "#components/settings/account/set-up-app.tsx";
import { Button } from "#components/ui/buttons/button.tsx";
import type { OwnSecondFactor, RecoveryCodes } from "#lib/operations/second-factor/schema.ts";
import { AuthCard } from "./auth-card.tsx";

const PAGE = "/second-factor";

/** Where an admin of whom a second factor is asked sets it up, before anything else. */
export function FirstFactor(props: {
  factor: OwnSecondFactor;
  begin: FormAction;
  confirm: FormAction<RecoveryCodes>;
  signOut: () => Promise<void>;
}) {
  const { app, setUp } = props.factor;
  const confirming = usePlainForm(props.confirm, "app", ["present", "code"]);
  useRefreshWhenDone(confirming.state);
  const codes = newest(confirming.state);
  return (
    <AuthCard
      title="Set up a second factor"
      description="Admins need one here: signing in then asks for six digits of an app beside the password."
    >
      <div className="space-y-4 text-sm">
        {codes.length > 0 && <MadeCodes codes={codes} />}
        {app === "off" && (
          <ActionButton action={props.begin} values={{ page: PAGE }} look="primary">
            Set up an app
          </ActionButton>
        )}
        {app === "begun" && setUp && (
          <SetUp setUp={setUp} confirming={confirming} begin={props.begin} page={PAGE} />
        )}
        {app === "on" && (
          <Button asChild look="primary" className="w-full">
            <Link href="/">Go on to the console</Link>
          </Button>
        )}
      </div>
      {app !== "on" && (
        <form action={props.signOut}>
          <Button type="submit" size="sm">
            Sign out
          </Button>
        </form>
      )}
    </AuthCard>
  );
}
