"use client";

import { ActionButton } from "#components/forms/acts/action-button.tsx";
import { SubmitButton } from "#components/forms/acts/submit-button.tsx";
import { TextField } from "#components/forms/fields/text-field.tsx";
import type { FormAction } from "#components/forms/form-state.ts";
import { PlainForm } from "#components/forms/plain-form.tsx";
import { usePlainForm } from "#components/forms/use-plain-form.ts";
import { Badge } from "#components/ui/text/badge.tsx";
import { Card, CardBody, CardHeader } from "#components/ui/boxes/card.tsx";
import { plural } from "#lib/format.ts";
import type { OwnSecondFactor, RecoveryCodes } from "#lib/operations/second-factor/schema.ts";
import { MadeCodes } from "./recovery-codes.tsx";
import {
  type CodeForm,
  newest,
  PresentPassword,
  SetUp,
  useRefreshWhenDone,
} from "./set-up-app.tsx";

type Props = {
  factor: OwnSecondFactor;
  begin: FormAction;
  confirm: FormAction<RecoveryCodes>;
  remove: FormAction;
  renew: FormAction<RecoveryCodes>;
};

const PROOF = "Of your app, or a recovery code.";

/** An authenticator app as second factor, and the recovery codes that stand in for it. */
export function AppCard({ factor, begin, confirm, remove, renew }: Props) {
  // Both stay here whatever the card shows: what they answer is shown once, without JavaScript too.
  const confirming = usePlainForm(confirm, "app", ["present", "code"]);
  const renewing = usePlainForm(renew, "recovery", ["present", "code"]);
  useRefreshWhenDone(confirming.state);
  useRefreshWhenDone(renewing.state);
  const codes = newest(renewing.state, confirming.state);
  const { app, setUp, hasPassword } = factor;
  return (
    <Card aria-labelledby="app-title">
      <CardHeader
        id="app-title"
        title={
          <span className="flex items-center gap-2">
            Authenticator app {app === "on" && <Badge>On</Badge>}
          </span>
        }
        description="A second factor: signing in with your password then asks for six digits as well."
      />
      <CardBody className="space-y-4 text-sm">
        {codes.length > 0 && <MadeCodes codes={codes} />}
        {app === "off" && hasPassword && (
          <ActionButton action={begin} values={{}}>
            Set up an app
          </ActionButton>
        )}
        {app === "off" && !hasPassword && (
          <p>You have no password here: your provider asks for a second factor, if anybody does.</p>
        )}
        {app === "begun" && setUp && confirming.state.status !== "done" && (
          <SetUp setUp={setUp} confirming={confirming} begin={begin} page="/settings/account" />
        )}
        {app === "on" && (
          <div className="grid gap-6 sm:grid-cols-2">
            <Renew left={factor.recoveryCodes} renewing={renewing} />
            <SwitchOff remove={remove} />
          </div>
        )}
      </CardBody>
    </Card>
  );
}

function Renew({ left, renewing }: { left: number; renewing: CodeForm<"present" | "code"> }) {
  const { id, fields, state, submit } = renewing;
  return (
    <section aria-labelledby="recovery-title" className="space-y-3">
      <h3 id="recovery-title" className="font-medium">
        Recovery codes: {left === 0 ? "none left" : `${plural(left, "code")} left`}
      </h3>
      <PlainForm id={id} state={state} submit={submit} className="space-y-4">
        <PresentPassword field={fields.present} />
        <TextField field={fields.code} label="Code" hint={PROOF} autoComplete="one-time-code" />
        <SubmitButton look="secondary">Make new recovery codes</SubmitButton>
      </PlainForm>
    </section>
  );
}

function SwitchOff({ remove }: { remove: FormAction }) {
  const { id, fields, state, submit } = usePlainForm(remove, "app-off", ["present", "code"]);
  return (
    <section aria-labelledby="app-off-title" className="space-y-3">
      <h3 id="app-off-title" className="font-medium">
        Switch the app off
      </h3>
      <PlainForm id={id} state={state} submit={submit} className="space-y-4">
        <PresentPassword field={fields.present} />
        <TextField field={fields.code} label="Code" hint={PROOF} autoComplete="one-time-code" />
        <p>Signing in asks for your password alone then. Your recovery codes go with it.</p>
        <SubmitButton look="danger">Switch it off</SubmitButton>
      </PlainForm>
    </section>
  );
}
