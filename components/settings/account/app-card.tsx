"use client";

import { useRouter } from "next/navigation";
import { useActionState, useEffect } from "react";
import { ActError } from "#components/forms/acts/act-error.tsx";
import { ActionButton } from "#components/forms/acts/action-button.tsx";
import { ConfirmAct } from "#components/forms/acts/confirm-act.tsx";
import { SubmitButton } from "#components/forms/acts/submit-button.tsx";
import { TextField } from "#components/forms/fields/text-field.tsx";
import { idleForm, type FormAction, type FormState } from "#components/forms/form-state.ts";
import { ServerForm } from "#components/forms/server-form.tsx";
import { useServerForm } from "#components/forms/use-server-form.ts";
import { Badge } from "#components/ui/text/badge.tsx";
import { Card, CardBody, CardHeader } from "#components/ui/boxes/card.tsx";
import { CopyValue } from "#components/ui/buttons/copy-value.tsx";
import { plural } from "#lib/format.ts";
import type {
  CodeInput,
  OwnSecondFactor,
  RecoveryCodes,
} from "#lib/operations/second-factor/schema.ts";
import { MadeCodes } from "./recovery-codes.tsx";

type Props = {
  factor: OwnSecondFactor;
  begin: FormAction;
  confirm: FormAction<RecoveryCodes>;
  remove: FormAction;
  renew: FormAction<RecoveryCodes>;
};

/** An authenticator app as second factor, and the recovery codes that stand in for it. */
export function AppCard({ factor, begin, confirm, remove, renew }: Props) {
  // Both stay here whatever the card shows: what they answer is shown once, without JavaScript too.
  const confirming = useServerForm<CodeInput, RecoveryCodes>(confirm, {}, "app");
  const [renewed, renewNow] = useActionState<FormState<RecoveryCodes>, FormData>(renew, idleForm);
  useRefreshWhenDone(confirming.state);
  useRefreshWhenDone(renewed);
  const codes = newest(renewed, confirming.state);
  const { app, setUp, recoveryCodes } = factor;
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
        {app === "off" && (
          <ActionButton action={begin} values={{}}>
            Set up an app
          </ActionButton>
        )}
        {app === "begun" && setUp && confirming.state.status !== "done" && (
          <SetUp setUp={setUp} confirming={confirming} begin={begin} />
        )}
        {app === "on" && (
          <ConfirmAct
            action={remove}
            values={{}}
            word="Switch off"
            label="Switch the app off"
            title="Switch the authenticator app off?"
            act="Switch it off"
          >
            <p>Signing in asks for your password alone then. Your recovery codes go with it.</p>
          </ConfirmAct>
        )}
        {(app === "on" || recoveryCodes > 0) && (
          <form action={renewNow} className="flex flex-wrap items-center gap-3">
            <p>
              <span className="font-medium">Recovery codes:</span>{" "}
              {recoveryCodes === 0 ? "none left" : `${plural(recoveryCodes, "code")} left`}
            </p>
            <SubmitButton look="secondary">Make new recovery codes</SubmitButton>
            <ActError state={renewed} />
          </form>
        )}
      </CardBody>
    </Card>
  );
}

function SetUp(props: {
  setUp: NonNullable<OwnSecondFactor["setUp"]>;
  confirming: ReturnType<typeof useServerForm<CodeInput, RecoveryCodes>>;
  begin: FormAction;
}) {
  const { form, fields, state, submit } = props.confirming;
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
      <ServerForm form={form} state={state} submit={submit} className="space-y-4">
        <TextField
          field={fields.code}
          label="Code"
          inputMode="numeric"
          autoComplete="one-time-code"
        />
        <SubmitButton>Confirm</SubmitButton>
      </ServerForm>
      <ActionButton action={props.begin} values={{}} size="sm">
        Another key
      </ActionButton>
    </div>
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
