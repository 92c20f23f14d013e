"use client";

import { ActError } from "#components/forms/acts/act-error.tsx";
import { useRereadWhenDone } from "#components/forms/acts/use-reread-when-done.ts";
import { SubmitButton } from "#components/forms/acts/submit-button.tsx";
import type { FormAction } from "#components/forms/form-state.ts";
import { useAct } from "#components/forms/use-act.ts";
import type { OperatorView } from "#lib/operations/operators/schema.ts";
import type { PasswordLink } from "#lib/operations/passwords/link-schema.ts";
import { MadeLink } from "./made-link.tsx";

/** Makes a link by which somebody chooses a new password, and shows it this once. */
export function PasswordLinkButton(props: {
  operator: OperatorView;
  create: FormAction<PasswordLink>;
}) {
  const [state, submit] = useAct<PasswordLink>(props.create);
  useRereadWhenDone(state);
  const { id, name } = props.operator;
  return (
    <form action={submit} className="contents">
      <input type="hidden" name="operatorId" value={id} />
      <SubmitButton look="secondary" size="sm" aria-label={`Make a password link for ${name}`}>
        Password link
      </SubmitButton>
      <ActError state={state} />
      {state.status === "done" && state.result && (
        <div className="w-full min-w-0 text-start">
          <MadeLink link={state.result} />
        </div>
      )}
    </form>
  );
}
