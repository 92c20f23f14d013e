"use client";

import { useState, type SubmitEvent } from "react";
import { idleForm, type FormAction, type FormState } from "#components/forms/form-state.ts";
import { PasskeyButton } from "#components/passkeys/passkey-button.tsx";
import { Button } from "#components/ui/buttons/button.tsx";
import { Modal } from "#components/ui/overlays/modal.tsx";
import type { AskedForUse } from "#lib/operations/passkeys/schema.ts";
import { ProofFields, ProviderLink, SignInAnew } from "./proof-fields.tsx";

/** What takes a proof, and what a passkey is asked for one. */
export type ProvingActs = { prove: FormAction; askPasskey: FormAction<AskedForUse> };

/** By what the person can answer, and who waits for it. */
export type Asked = { ways: string[]; answer: (isProven: boolean) => void };

/**
 * The question itself. It calls the server without a transition: the act that waits for the answer
 * is one, and React would hold this one's answer back until that one is over.
 */
export default function AskAgainDialog(props: ProvingActs & { asked: Asked }) {
  const { ways, answer } = props.asked;
  const [error, setError] = useState<string | null>(null);
  const [isPending, setPending] = useState(false);
  const hasFields = ways.includes("password") || ways.includes("code");

  /** Why the proof does not do; null where it does, and the act goes on. */
  async function send(form: FormData): Promise<string | null> {
    try {
      const state = await props.prove(idleForm, form);
      if (state.status !== "done") return wordsOf(state);
      answer(true);
      return null;
    } catch {
      return "the server does not answer: try again";
    }
  }

  async function prove(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = event.currentTarget;
    setPending(true);
    const refusal = await send(new FormData(form));
    setPending(false);
    setError(refusal);
    if (refusal !== null) form.querySelector("input")?.focus();
  }

  return (
    <Modal
      isOpen
      onClose={() => answer(false)}
      aria-labelledby="ask-again-title"
      className="m-auto w-[calc(100vw-2rem)] max-w-md space-y-4 rounded-lg p-5"
    >
      <div className="space-y-1">
        <h2 id="ask-again-title" className="text-lg font-semibold">
          Confirm that it is you
        </h2>
        <p className="text-muted">
          This is for who has just proved it, not for whoever finds a browser open. What you have
          begun goes on afterwards.
        </p>
      </div>
      {ways.includes("passkey") && (
        <PasskeyButton
          ask={props.askPasskey}
          onAnswer={send}
          look={hasFields ? "secondary" : "primary"}
        >
          Use a passkey
        </PasskeyButton>
      )}
      {ways.includes("provider") && <ProviderLink onBack={() => answer(true)} />}
      {ways.length === 0 && <SignInAnew />}
      <form onSubmit={(event) => void prove(event)} className="space-y-4">
        {error && (
          <p role="alert" className="text-bad first-letter:uppercase">
            {error}
          </p>
        )}
        <ProofFields ways={ways} id="ask-again" />
        <div className="flex flex-wrap justify-end gap-2">
          <Button onClick={() => answer(false)}>Not now</Button>
          {hasFields && (
            <Button type="submit" look="primary" aria-disabled={isPending || undefined}>
              Go on
            </Button>
          )}
        </div>
      </form>
    </Modal>
  );
}

function wordsOf({ fields, message }: FormState<undefined>): string {
  return Object.values(fields ?? {}).flat()[0] ?? message ?? "this did not work";
}
