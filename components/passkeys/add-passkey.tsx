"use client";

import { SubmitButton } from "#components/forms/acts/submit-button.tsx";
import { TextField } from "#components/forms/fields/text-field.tsx";
import { idleForm, type FormAction, type FormState } from "#components/forms/form-state.ts";
import { PlainForm } from "#components/forms/plain-form.tsx";
import { usePlainForm } from "#components/forms/use-plain-form.ts";
import { useRefreshWhenDone } from "#components/settings/account/set-up-app.tsx";
import type { AskedForNew } from "#lib/operations/passkeys/schema.ts";
import { failureWords, newPasskeyOf } from "./device.ts";
import { usePasskeysHere } from "./use-passkeys-here.ts";

export type AddingActs = { begin: FormAction<AskedForNew>; add: FormAction };

/** Names a passkey and has the browser make it. */
export function AddPasskey({ acts }: { acts: AddingActs }) {
  const isHere = usePasskeysHere();
  const { id, fields, state, submit } = usePlainForm(adding(acts), "passkey", ["name"]);
  useRefreshWhenDone(state);
  if (!isHere)
    return <p className="text-muted">This browser has no passkeys, or JavaScript is off.</p>;
  return (
    <PlainForm id={id} state={state} submit={submit} className="max-w-md space-y-4">
      <TextField
        field={fields.name}
        label="Name of a new passkey"
        hint="By which you know it again, such as the device that keeps it."
        autoComplete="off"
      />
      <SubmitButton look="secondary">Add a passkey</SubmitButton>
    </PlainForm>
  );
}

/** Three steps as one act, so that a question who it is goes on with all of them. */
function adding({ begin, add }: AddingActs): FormAction {
  return async (_previous, given) => {
    const name = String(given.get("name") ?? "").trim();
    if (name === "") return refused(given, { name: ["a name is required"] });
    const begun = await begin(idleForm, new FormData());
    if (!begun.result) return { ...begun, result: undefined, submission: kept(given) };
    let form: FormData;
    try {
      form = await newPasskeyOf(begun.result);
    } catch (error) {
      return refused(given, { "": [failureWords(error)] });
    }
    form.set("name", name);
    return add(idleForm, form);
  };
}

function refused(given: FormData, fields: Record<string, string[]>): FormState<undefined> {
  const message = Object.values(fields).flat()[0];
  return { status: "error", message, fields, submission: kept(given) };
}

const kept = (given: FormData) => ({ initialValue: { name: String(given.get("name") ?? "") } });
