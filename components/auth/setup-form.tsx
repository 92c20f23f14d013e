"use client";

import type { FormAction } from "#components/forms/form-state.ts";
import { SubmitButton } from "#components/forms/acts/submit-button.tsx";
import { TextField } from "#components/forms/fields/text-field.tsx";
import type { FirstOperatorInput } from "#lib/operations/operators/sign-in-schema.ts";
import { AuthCard } from "./auth-card.tsx";
import { PlainForm } from "#components/forms/plain-form.tsx";
import { usePlainForm } from "#components/forms/use-plain-form.ts";

/** Nobody can sign in yet: whoever can read the server's log becomes the first operator. */
export function SetupForm({ action }: { action: FormAction }) {
  const { id, fields, state, submit } = usePlainForm<keyof FirstOperatorInput>(action, "setup", [
    "setupCode",
    "name",
    "email",
    "password",
  ]);
  return (
    <AuthCard
      title="First operator"
      description="Nobody can sign in yet. The set-up code proves that you run this server."
    >
      <PlainForm id={id} state={state} submit={submit}>
        <TextField
          field={fields.setupCode}
          label="Set-up code"
          hint="Printed in the server's log when it started."
          placeholder="XXXX-XXXX-XXXX-XXXX"
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          autoFocus
        />
        <TextField field={fields.name} label="Your name" autoComplete="name" />
        <TextField field={fields.email} label="E-mail" type="email" autoComplete="username" />
        <TextField
          field={fields.password}
          label="Password"
          type="password"
          hint="At least 12 characters. A password manager makes a good one."
          autoComplete="new-password"
        />
        <SubmitButton size="lg" className="w-full">
          Create and sign in
        </SubmitButton>
      </PlainForm>
    </AuthCard>
  );
}
