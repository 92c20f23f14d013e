"use client";

import { useEffect } from "react";
import type { FormAction } from "#components/forms/form-state.ts";
import { PlainForm } from "#components/forms/plain-form.tsx";
import { usePlainForm } from "#components/forms/use-plain-form.ts";
import { SelectField } from "#components/forms/fields/select-field.tsx";
import { SubmitButton } from "#components/forms/acts/submit-button.tsx";
import { TextField } from "#components/forms/fields/text-field.tsx";
import { PLATFORM_OPTIONS } from "#components/registrations/platform-options.ts";
import { Banner } from "#components/ui/boxes/banner.tsx";
import { CodeBlock } from "#components/ui/text/code-block.tsx";
import type { InvitationCreated } from "#lib/operations/invitations/schema.ts";

/** Makes a registration link and shows it, this once. */
export function NewInvitation(props: {
  invite: FormAction<InvitationCreated>;
  onMade: () => void;
}) {
  const { invite, onMade } = props;
  const { id, fields, state, submit } = usePlainForm(
    invite,
    "invitation",
    ["name", "profile", "days"],
    { profile: "other", days: "7" },
  );
  const created = state.status === "done" ? state.result : undefined;
  useEffect(() => {
    if (created) onMade();
  }, [created, onMade]);
  return (
    <div className="space-y-4">
      <PlainForm id={id} state={state} submit={submit} className="space-y-3">
        <div className="grid gap-3 sm:grid-cols-[minmax(0,2fr)_minmax(0,1fr)_7rem]">
          <TextField
            field={fields.name}
            label="Name of the LMS"
            placeholder="State University"
            autoComplete="off"
          />
          <SelectField field={fields.profile} label="Platform" options={PLATFORM_OPTIONS} />
          <TextField field={fields.days} label="Days it is good" inputMode="numeric" />
        </div>
        <SubmitButton look="primary">Make a registration link</SubmitButton>
      </PlainForm>
      {created && (
        <Banner tone="ok" role="status" title={`The link for “${created.name}”, shown this once`}>
          <p>
            Paste it where the LMS asks for a tool’s registration URL. It is good for one
            registration, which then waits here for approval.
          </p>
          <CodeBlock code={created.url} label="Registration link" />
        </Banner>
      )}
    </div>
  );
}
