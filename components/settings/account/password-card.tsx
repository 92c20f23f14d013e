"use client";

import type { FormAction } from "#components/forms/form-state.ts";
import { PlainForm } from "#components/forms/plain-form.tsx";
import { usePlainForm } from "#components/forms/use-plain-form.ts";
import { SubmitButton } from "#components/forms/acts/submit-button.tsx";
import { TextField } from "#components/forms/fields/text-field.tsx";
import { Banner } from "#components/ui/boxes/banner.tsx";
import { Card, CardBody, CardHeader } from "#components/ui/boxes/card.tsx";

export function PasswordCard({ action }: { action: FormAction }) {
  const { id, fields, state, submit } = usePlainForm(action, "password", ["present", "next"]);
  return (
    <Card aria-labelledby="password-title">
      <CardHeader id="password-title" title="Your password" />
      <CardBody className="space-y-4">
        {state.status === "done" && (
          <Banner tone="ok" role="status">
            <p>{state.message}.</p>
          </Banner>
        )}
        <PlainForm id={id} state={state} submit={submit} className="space-y-4">
          <TextField
            field={fields.present}
            label="Present password"
            type="password"
            autoComplete="current-password"
          />
          <TextField
            field={fields.next}
            label="New password"
            type="password"
            hint="At least 12 characters. Your other sessions end."
            autoComplete="new-password"
          />
          <SubmitButton look="secondary">Change password</SubmitButton>
        </PlainForm>
      </CardBody>
    </Card>
  );
}
