"use client";

import { useEffect } from "react";
import { ActError } from "#components/forms/acts/act-error.tsx";
import { sayDone } from "#components/forms/acts/say-done.ts";
import { SubmitButton } from "#components/forms/acts/submit-button.tsx";
import { useRereadWhenDone } from "#components/forms/acts/use-reread-when-done.ts";
import type { FormAction } from "#components/forms/form-state.ts";
import { useAct } from "#components/forms/use-act.ts";
import { ConfirmDestination } from "./confirm-destination.tsx";

/** Approves what an LMS registered; asks first where its addresses have to be confirmed. */
export function ApproveRegistration(props: {
  action: FormAction;
  values: Record<string, string>;
  name: string;
}) {
  const [state, submit] = useAct(props.action);

  useRereadWhenDone(state);
  useEffect(() => {
    if (state.status === "done" && state.message) sayDone(state.message);
  }, [state]);

  return (
    <form action={submit} className="inline-flex flex-col gap-1">
      {Object.entries(props.values).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <SubmitButton look="primary" aria-label={`Approve ${props.name}`}>
        Approve
      </SubmitButton>
      <ConfirmDestination state={state} value="yes" act="Confirm and approve" />
      {state.code !== "operation.confirmation_needed" && <ActError state={state} />}
    </form>
  );
}
