"use client";

import type { Option } from "#components/forms/fields/select-field.tsx";
import { TextField } from "#components/forms/fields/text-field.tsx";
import type { FormAction } from "#components/forms/form-state.ts";
import { PlainForm } from "#components/forms/plain-form.tsx";
import { SubmitButton } from "#components/forms/acts/submit-button.tsx";
import { usePlainForm } from "#components/forms/use-plain-form.ts";
import { Disclosure } from "#components/ui/boxes/disclosure.tsx";
import type { PasswordLink } from "#lib/operations/passwords/link-schema.ts";
import { ACCESS_FIELDS, RegistrationLimit, RoleFields } from "./access-fields.tsx";
import { MadeLink } from "./made-link.tsx";

/** Lets somebody in, who chooses a password by a link that is shown this once. */
export function InviteOperator(props: {
  invite: FormAction<PasswordLink>;
  registrations: Option[];
}) {
  const { id, fields, state, submit } = usePlainForm(
    props.invite,
    "invite",
    ["name", "email", ...ACCESS_FIELDS],
    { role: "operator" },
  );
  const link = state.status === "done" ? state.result : undefined;
  return (
    <div className="space-y-4">
      <PlainForm id={id} state={state} submit={submit} className="space-y-3">
        <div className="flex flex-wrap items-end gap-2">
          <TextField
            field={fields.name}
            label="Name of a new operator"
            autoComplete="off"
            className="min-w-44 flex-1"
          />
          <TextField
            field={fields.email}
            label="E-mail"
            type="email"
            autoComplete="off"
            className="min-w-44 flex-1"
          />
          <SubmitButton look="secondary" className="h-9">
            Invite
          </SubmitButton>
        </div>
        <Disclosure
          summary="What this person may do: as an operator, without names, unless you choose otherwise"
          isOpen={state.status === "error"}
        >
          <div className="space-y-4">
            <RoleFields fields={fields} />
          </div>
        </Disclosure>
        <RegistrationLimit field={fields.registrationIds} registrations={props.registrations} />
      </PlainForm>
      {link && <MadeLink link={link} />}
    </div>
  );
}
