"use client";

import type { FormAction } from "#components/forms/form-state.ts";
import { PlainFormCard } from "#components/forms/plain-form-card.tsx";
import { usePlainForm } from "#components/forms/use-plain-form.ts";
import { TextField } from "#components/forms/fields/text-field.tsx";

export function PasswordCard({ action }: { action: FormAction }) {
  const form = usePlainForm(action, "password", ["present", "next"]);
  return (
    <PlainFormCard form={form} title="Your password" act="Change password">
      <TextField
        field={form.fields.present}
        label="Present password"
        type="password"
        autoComplete="current-password"
      />
      <TextField
        field={form.fields.next}
        label="New password"
        type="password"
        hint="At least 12 characters. Your other sessions end."
        autoComplete="new-password"
      />
    </PlainFormCard>
  );
}
