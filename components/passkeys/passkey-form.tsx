"use client";

import { startTransition, useActionState } from "react";
import { idleForm, type FormAction, type FormState } from "#components/forms/form-state.ts";
import type { ButtonProps } from "#components/ui/buttons/button.tsx";
import type { AskedForUse } from "#lib/operations/passkeys/schema.ts";
import { PasskeyButton } from "./passkey-button.tsx";
import { usePasskeysHere } from "./use-passkeys-here.ts";

/** A passkey's button on a page that goes on once it was right; nothing where no browser knows them. */
export function PasskeyForm(props: {
  ask: FormAction<AskedForUse>;
  send: FormAction;
  /** What is sent beside the answer. */
  values: Record<string, string>;
  look?: ButtonProps["look"];
  children: string;
}) {
  const [state, submit] = useActionState<FormState<undefined>, FormData>(props.send, idleForm);
  const isHere = usePasskeysHere();
  if (!isHere) return null;

  async function send(form: FormData) {
    for (const [name, value] of Object.entries(props.values)) form.set(name, value);
    startTransition(() => submit(form));
    return null;
  }

  return (
    <div className="space-y-2">
      {state.status === "error" && (
        <p role="alert" className="text-sm text-bad first-letter:uppercase">
          {state.message}
        </p>
      )}
      <PasskeyButton ask={props.ask} onAnswer={send} look={props.look ?? "secondary"} size="lg">
        {props.children}
      </PasskeyButton>
    </div>
  );
}
