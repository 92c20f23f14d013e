"use client";

import { KeyRound } from "lucide-react";
import { useState } from "react";
import { idleForm, type FormAction } from "#components/forms/form-state.ts";
import { Button, type ButtonProps } from "#components/ui/buttons/button.tsx";
import type { AskedForUse } from "#lib/operations/passkeys/schema.ts";
import { answerOf, failureWords } from "./device.ts";

/** Asks this browser for a passkey, and hands on what it answers. */
export function PasskeyButton(props: {
  ask: FormAction<AskedForUse>;
  /** Sends the answer; a text says why it did not do. */
  onAnswer: (form: FormData) => Promise<string | null>;
  look?: ButtonProps["look"];
  size?: ButtonProps["size"];
  children: string;
}) {
  const [error, setError] = useState<string | null>(null);
  const [isPending, setPending] = useState(false);

  async function press() {
    setPending(true);
    setError(null);
    try {
      setError(await askAndSend(props.ask, props.onAnswer));
    } finally {
      setPending(false);
    }
  }

  return (
    <div className="space-y-2">
      {error && (
        <p role="alert" className="text-sm text-bad first-letter:uppercase">
          {error}
        </p>
      )}
      <Button
        look={props.look}
        size={props.size}
        className="w-full"
        isBusy={isPending}
        aria-disabled={isPending || undefined}
        onClick={() => void (isPending || press())}
      >
        {!isPending && <KeyRound aria-hidden />}
        {props.children}
      </Button>
    </div>
  );
}

async function askAndSend(
  ask: FormAction<AskedForUse>,
  send: (form: FormData) => Promise<string | null>,
): Promise<string | null> {
  const asked = await ask(idleForm, new FormData()).catch(() => null);
  if (!asked?.result) return asked?.message ?? "the server does not answer: try again";
  let form: FormData;
  try {
    form = await answerOf(asked.result);
  } catch (error) {
    return failureWords(error);
  }
  return send(form);
}
