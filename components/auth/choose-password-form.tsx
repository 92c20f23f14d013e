"use client";

import type { FormAction } from "#components/forms/form-state.ts";
import { SubmitButton } from "#components/forms/acts/submit-button.tsx";
import { TextField } from "#components/forms/fields/text-field.tsx";
import { AuthCard } from "./auth-card.tsx";
import { PlainForm } from "#components/forms/plain-form.tsx";
import { usePlainForm } from "#components/forms/use-plain-form.ts";

/** Whoever holds a link chooses the password that it is for, once. */
export function ChoosePasswordForm(props: {
  action: FormAction;
  token: string;
  person: { name: string; email: string };
}) {
  const { id, fields, state, submit } = usePlainForm(props.action, "password", ["password"]);
  const { name, email } = props.person;
  return (
    <AuthCard
      title="Choose a password"
      description={`For ${name}. The link works once. All sessions of this account are ended.`}
    >
      <PlainForm id={id} state={state} submit={submit}>
        <input type="hidden" name="token" value={props.token} />
        <p className="text-sm">
          <span className="block font-medium">E-mail</span>
          {email}
        </p>
        {/* For password managers, which keep a password by its name. */}
        <input type="hidden" name="username" value={email} autoComplete="username" />
        <TextField
          field={fields.password}
          label="New password"
          type="password"
          hint="At least 12 characters. A password manager makes a good one."
          autoComplete="new-password"
          autoFocus
        />
        <SubmitButton size="lg" className="w-full">
          Set password and sign in
        </SubmitButton>
      </PlainForm>
    </AuthCard>
  );
}

export function LinkOver() {
  return (
    <AuthCard
      title="This link is no longer valid"
      description="It was used, it has expired, or a newer one was made. Ask an admin of this installation for a new one."
    >
      <a href="/login" className="text-sm underline underline-offset-2">
        Sign in
      </a>
    </AuthCard>
  );
}
