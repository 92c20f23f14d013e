"use client";

import type { FormAction } from "#components/forms/form-state.ts";
import { PlainForm } from "#components/forms/plain-form.tsx";
import { usePlainForm } from "#components/forms/use-plain-form.ts";
import { SubmitButton } from "#components/forms/acts/submit-button.tsx";
import { TextField } from "#components/forms/fields/text-field.tsx";
import { Banner } from "#components/ui/boxes/banner.tsx";
import { Card, CardBody, CardHeader } from "#components/ui/boxes/card.tsx";
import type { SessionLimits } from "#lib/operations/sessions/schema.ts";

/** How long everybody's sessions last. */
export function SessionLimitsCard(props: { action: FormAction; limits: SessionLimits }) {
  const { idleHours, longestHours } = props.limits;
  const { id, fields, state, submit } = usePlainForm(
    props.action,
    "session-limits",
    ["idleHours", "longestHours"],
    { idleHours: String(idleHours), longestHours: String(longestHours) },
  );
  return (
    <Card aria-labelledby="session-limits-title">
      <CardHeader
        id="session-limits-title"
        title="How long a session lasts"
        description="For everybody, and for sessions under way too."
      />
      <CardBody className="space-y-4">
        {state.status === "done" && (
          <Banner tone="ok" role="status">
            <p>{state.message}.</p>
          </Banner>
        )}
        <PlainForm id={id} state={state} submit={submit} className="space-y-4">
          <TextField
            field={fields.idleHours}
            label="Hours without use"
            inputMode="numeric"
            hint="Without a page opened or an act. A page that stays open does not count as use."
          />
          <TextField
            field={fields.longestHours}
            label="Hours at most"
            inputMode="numeric"
            hint="Since the sign-in, however much it is used; at most 720."
          />
          <SubmitButton look="secondary">Save limits</SubmitButton>
        </PlainForm>
      </CardBody>
    </Card>
  );
}
