"use client";

import { useActionState } from "react";
import { type AskAgain, useAskAgain } from "#components/access/ask-again.tsx";
import { idleForm, type FormAction, type FormState } from "./form-state.ts";

const PROOF_NEEDED = "operation.proof_needed";

/**
 * An act of a form, and how it stands. Where the server asks once more who somebody is, a dialog
 * does, and the act goes on with what was sent at first. Without JavaScript the form says it, and
 * keeps its values.
 */
export function useAct<Result = undefined>(action: FormAction<Result>) {
  const ask = useAskAgain();
  // On the server the action itself: the form then works without JavaScript.
  const isServer = typeof window === "undefined";
  return useActionState<FormState<Result>, FormData>(
    isServer || !ask ? action : askingAgain(action, ask),
    idleForm,
  );
}

function askingAgain<Result>(action: FormAction<Result>, ask: AskAgain): FormAction<Result> {
  return async (previous, form) => {
    for (;;) {
      const state = await action(previous, form);
      // Nothing where the act led to another page.
      if ((state as FormState | undefined)?.code !== PROOF_NEEDED) return state;
      if (!(await ask(waysIn(state)))) return state;
    }
  };
}

function waysIn({ problem }: FormState): string[] {
  const { ways } = problem?.detail ?? {};
  return Array.isArray(ways) ? ways.map(String) : [];
}
