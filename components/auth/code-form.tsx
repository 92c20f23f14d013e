"use client";

import type { FormAction } from "#components/forms/form-state.ts";
import { SubmitButton } from "#components/forms/acts/submit-button.tsx";
import { TextField } from "#components/forms/fields/text-field.tsx";
import { AuthCard } from "./auth-card.tsx";
import { PlainForm } from "#components/forms/plain-form.tsx";
import { usePlainForm } from "#components/forms/use-plain-form.ts";

/** The password was right; now comes the code. */
export function CodeForm(props: { action: FormAction; returnTo: string; email: string }) {
  const { id, fields, state, submit } = usePlainForm(props.action, "second-step", ["code"]);
  return (
    <AuthCard title="Second step" description={`For ${props.email}.`}>
      <PlainForm id={id} state={state} submit={submit}>
        <input type="hidden" name="returnTo" value={props.returnTo} />
        <TextField
          field={fields.code}
          label="Code"
          hint="The six digits that your authenticator app shows now, or one of your recovery codes."
          autoComplete="one-time-code"
          autoCapitalize="characters"
          spellCheck={false}
          autoFocus
        />
        <SubmitButton size="lg" className="w-full">
          Go on
        </SubmitButton>
      </PlainForm>
      <p className="text-sm text-muted">
        Neither at hand? An admin can take your second factor away, or whoever runs the server by{" "}
        <code className="font-mono text-xs">npm run let-in</code>.
      </p>
    </AuthCard>
  );
}
