"use client";

import type { FormAction } from "#components/forms/form-state.ts";
import { PlainFormCard } from "#components/forms/plain-form-card.tsx";
import { usePlainForm } from "#components/forms/use-plain-form.ts";
import { TextField } from "#components/forms/fields/text-field.tsx";
import type { SessionLimits } from "#lib/operations/sessions/schema.ts";

/** How long everybody's sessions last. */
export function SessionLimitsCard(props: { action: FormAction; limits: SessionLimits }) {
  const { idleHours, longestHours } = props.limits;
  const form = usePlainForm(props.action, "session-limits", ["idleHours", "longestHours"], {
    idleHours: String(idleHours),
    longestHours: String(longestHours),
  });
  return (
    <PlainFormCard
      form={form}
      title="How long a session lasts"
      description="For everybody, and for sessions under way too."
      act="Save limits"
    >
      <TextField
        field={form.fields.idleHours}
        label="Hours without use"
        inputMode="numeric"
        hint="Without a page opened or an act. A page that stays open does not count as use."
      />
      <TextField
        field={form.fields.longestHours}
        label="Hours at most"
        inputMode="numeric"
        hint="Since the sign-in, however much it is used; at most 720."
      />
    </PlainFormCard>
  );
}
