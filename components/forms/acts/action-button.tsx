"use client";

import { useEffect, type ReactNode } from "react";
import type { ButtonProps } from "#components/ui/buttons/button.tsx";
import type { FormAction } from "../form-state.ts";
import { useAct } from "../use-act.ts";
import { ActError } from "./act-error.tsx";
import { sayDone } from "./say-done.ts";
import { SubmitButton } from "./submit-button.tsx";
import { useRereadWhenDone } from "./use-reread-when-done.ts";

/** A button that is a whole form: one act on one thing. What goes wrong is said beside it. */
export function ActionButton(props: {
  action: FormAction;
  values: Record<string, string>;
  children: ReactNode;
  label?: string;
  look?: ButtonProps["look"];
  size?: ButtonProps["size"];
  /** Why this cannot be done now. */
  blocked?: ReactNode;
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
      <SubmitButton
        look={props.look ?? "secondary"}
        size={props.size}
        aria-label={props.label}
        blocked={props.blocked}
      >
        {props.children}
      </SubmitButton>
      <ActError state={state} />
    </form>
  );
}
