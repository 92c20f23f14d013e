"use client";

import type { FormAction } from "#components/forms/form-state.ts";
import { PlainForm } from "#components/forms/plain-form.tsx";
import { usePlainForm } from "#components/forms/use-plain-form.ts";
import { SubmitButton } from "#components/forms/acts/submit-button.tsx";
import { SwitchField } from "#components/forms/fields/switch-field.tsx";
import { TextField } from "#components/forms/fields/text-field.tsx";
import { Banner } from "#components/ui/boxes/banner.tsx";
import { Card, CardBody, CardHeader } from "#components/ui/boxes/card.tsx";
import type { SignInRules } from "#lib/operations/sessions/schema.ts";

/** When people are asked again who they are, and of whom a second factor is. */
export function SignInRulesCard(props: { action: FormAction; rules: SignInRules }) {
  const { askAgainMinutes, adminsNeedSecondFactor } = props.rules;
  const { id, fields, state, submit } = usePlainForm(
    props.action,
    "sign-in-rules",
    ["askAgainMinutes", "adminsNeedSecondFactor"],
    {
      askAgainMinutes: String(askAgainMinutes),
      ...(adminsNeedSecondFactor && { adminsNeedSecondFactor: "on" }),
    },
  );
  return (
    <Card aria-labelledby="sign-in-rules-title">
      <CardHeader
        id="sign-in-rules-title"
        title="What a session must show"
        description="For everybody, and for sessions under way too. API keys are not asked."
      />
      <CardBody className="space-y-4">
        {state.status === "done" && (
          <Banner tone="ok" role="status">
            <p>{state.message}.</p>
          </Banner>
        )}
        <PlainForm id={id} state={state} submit={submit} className="space-y-4">
          <TextField
            field={fields.askAgainMinutes}
            label="Minutes until people are asked again who they are"
            inputMode="numeric"
            hint="Before keys, people, signing keys, single sign-on and what is deleted for good; at most 1,440."
          />
          <SwitchField
            field={fields.adminsNeedSecondFactor}
            label="Admins need a second factor"
            hint="One who has none is led to set it up, and can do nothing else until then. Whom single sign-on let in has one at the provider."
          />
          <SubmitButton look="secondary">Save rules</SubmitButton>
        </PlainForm>
      </CardBody>
    </Card>
  );
}
