"use client";

import type { FormAction } from "#components/forms/form-state.ts";
import { PlainFormCard } from "#components/forms/plain-form-card.tsx";
import { usePlainForm } from "#components/forms/use-plain-form.ts";
import { SwitchField } from "#components/forms/fields/switch-field.tsx";
import { TextField } from "#components/forms/fields/text-field.tsx";
import type { SignInRules } from "#lib/operations/sessions/schema.ts";

/** When people are asked again who they are, and of whom a second factor is. */
export function SignInRulesCard(props: { action: FormAction; rules: SignInRules }) {
  const { askAgainMinutes, adminsNeedSecondFactor } = props.rules;
  const form = usePlainForm(
    props.action,
    "sign-in-rules",
    ["askAgainMinutes", "adminsNeedSecondFactor"],
    {
      askAgainMinutes: String(askAgainMinutes),
      ...(adminsNeedSecondFactor && { adminsNeedSecondFactor: "on" }),
    },
  );
  return (
    <PlainFormCard
      form={form}
      title="Confirmation and second factor"
      description="For everybody, and for sessions under way too. API keys are not asked."
      act="Save rules"
    >
      <TextField
        field={form.fields.askAgainMinutes}
        label="Minutes until people are asked to confirm who they are"
        inputMode="numeric"
        hint="Before keys, people, signing keys, single sign-on and what is deleted for good; at most 1,440."
      />
      <SwitchField
        field={form.fields.adminsNeedSecondFactor}
        label="Admins need a second factor"
        hint="One who has none is led to set it up, and can do nothing else until then. Whom single sign-on let in has one at the provider."
      />
    </PlainFormCard>
  );
}
