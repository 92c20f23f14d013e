"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { ActionButton } from "#components/forms/acts/action-button.tsx";
import { SubmitButton } from "#components/forms/acts/submit-button.tsx";
import { TextField } from "#components/forms/fields/text-field.tsx";
import type { FormAction, FormState } from "#components/forms/form-state.ts";
import { PlainForm } from "#components/forms/plain-form.tsx";
import { usePlainForm } from "#components/forms/use-plain-form.ts";
import { Badge } from "#components/ui/text/badge.tsx";
import { Card, CardBody, CardHeader } from "#components/ui/boxes/card.tsx";
import { CopyValue } from "#components/ui/buttons/copy-value.tsx";
import { plural } from "#lib/format.ts";
import type { OwnSecondFactor, RecoveryCodes } from "#lib/operations/second-factor/schema.ts";
import { MadeCodes } from "./recovery-codes.tsx";

type Props = {
  factor: OwnSecondFactor;
  begin: FormAction;
  confirm: FormAction<RecoveryCodes>;
  remove: FormAction;
  renew: FormAction<RecoveryCodes>;
};

type CodeForm<Name extends string> = ReturnType<typeof usePlainForm<Name, RecoveryCodes>>;

const PROOF = "Of your app, or a recovery code.";

/** An authenticator app as second factor, and the recovery codes that stand in for it. */
export function AppCard({ factor, begin, confirm, remove, renew }: Props) {
  // Both stay here whatever the card shows: what they answer is shown once, without JavaScript too.
  const confirming = usePlainForm(confirm, "app", ["present", "code"]);
  const renewing = usePlainForm(renew, "recovery", ["code"]);
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
          <SetUp setUp={setUp} confirming={confirming} begin={begin} />
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

function SetUp(props: {
  setUp: NonNullable<OwnSecondFactor["setUp"]>;
  confirming: CodeForm<"present" | "code">;
  begin: FormAction;
}) {
  const { id, fields, state, submit } = props.confirming;
  const { key, uri } = props.setUp;
  return (
    <div className="max-w-prose space-y-4">
      <p>
        Type the key into an authenticator app, or{" "}
        <a href={uri} className="font-medium underline underline-offset-2">
          open it in one on this device
        </a>
        . Then type the code that the app shows: the app counts from then on, and your other
        sessions end.
      </p>
      <p>
        <span className="block font-medium">Key</span>
        <CopyValue value={key} shown={key.match(/.{1,4}/g)?.join(" ")} label="key" />
      </p>
      <PlainForm id={id} state={state} submit={submit} className="space-y-4">
        <TextField
          field={fields.present}
          label="Your password"
          type="password"
          autoComplete="current-password"
        />
        <TextField
          field={fields.code}
          label="Code"
          inputMode="numeric"
          autoComplete="one-time-code"
        />
        <SubmitButton>Confirm</SubmitButton>
      </PlainForm>
      <ActionButton action={props.begin} values={{}} size="sm">
        Another key
      </ActionButton>
    </div>
  );
}

function Renew({ left, renewing }: { left: number; renewing: CodeForm<"code"> }) {
  const { id, fields, state, submit } = renewing;
  return (
    <section aria-labelledby="recovery-title" className="space-y-3">
      <h3 id="recovery-title" className="font-medium">
        Recovery codes: {left === 0 ? "none left" : `${plural(left, "code")} left`}
      </h3>
      <PlainForm id={id} state={state} submit={submit} className="space-y-4">
        <TextField field={fields.code} label="Code" hint={PROOF} autoComplete="one-time-code" />
        <SubmitButton look="secondary">Make new recovery codes</SubmitButton>
      </PlainForm>
    </section>
  );
}

function SwitchOff({ remove }: { remove: FormAction }) {
  const { id, fields, state, submit } = usePlainForm(remove, "app-off", ["code"]);
  return (
    <section aria-labelledby="app-off-title" className="space-y-3">
      <h3 id="app-off-title" className="font-medium">
        Switch the app off
      </h3>
      <PlainForm id={id} state={state} submit={submit} className="space-y-4">
        <TextField field={fields.code} label="Code" hint={PROOF} autoComplete="one-time-code" />
        <p>Signing in asks for your password alone then. Your recovery codes go with it.</p>
        <SubmitButton look="danger">Switch it off</SubmitButton>
      </PlainForm>
    </section>
  );
}

/** What the page shows of the factor comes with the page. */
function useRefreshWhenDone(state: FormState): void {
  const router = useRouter();
  useEffect(() => {
    if (state.status === "done") router.refresh();
  }, [router, state]);
}

function newest(...states: FormState<RecoveryCodes>[]): string[] {
  const made = states.find(({ status, result }) => status === "done" && result?.codes.length);
  return made?.result?.codes ?? [];
}
