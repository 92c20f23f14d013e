"use client";

import type { FormAction } from "#components/forms/form-state.ts";
import { ServerForm } from "#components/forms/server-form.tsx";
import { SubmitButton } from "#components/forms/acts/submit-button.tsx";
import { TextField } from "#components/forms/fields/text-field.tsx";
import { useServerForm } from "#components/forms/use-server-form.ts";
import { Banner } from "#components/ui/boxes/banner.tsx";
import { Card, CardBody, CardHeader } from "#components/ui/boxes/card.tsx";
import type { PasswordChange } from "#lib/operations/operators/sign-in-schema.ts";

export function PasswordCard({ action }: { action: FormAction }) {
  const { form, fields, state, submit } = useServerForm<PasswordChange>(action, {}, "password");
  return (
    <Card aria-labelledby="password-title">
      <CardHeader id="password-title" title="Your password" />
      <CardBody className="space-y-4">
        {state.status === "done" && (
          <Banner tone="ok" role="status">
            <p>{state.message}.</p>
          </Banner>
        )}
        <ServerForm form={form} state={state} submit={submit} className="space-y-4">
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
        </ServerForm>
      </CardBody>
    </Card>
  );
}
