"use client";

import type { Option } from "#components/forms/fields/select-field.tsx";
import { TextField } from "#components/forms/fields/text-field.tsx";
import type { FormAction } from "#components/forms/form-state.ts";
import { ServerForm } from "#components/forms/server-form.tsx";
import { SubmitButton } from "#components/forms/acts/submit-button.tsx";
import { useServerForm } from "#components/forms/use-server-form.ts";
import { Disclosure } from "#components/ui/boxes/disclosure.tsx";
import type { PasswordLink } from "#lib/operations/passwords/link-schema.ts";
import { type AccessValues, RegistrationLimit, RoleFields } from "./access-fields.tsx";
import { MadeLink } from "./made-link.tsx";

type Values = AccessValues & { name: string; email: string };

/** Lets somebody in, who chooses a password by a link that is shown this once. */
export function InviteOperator(props: {
  invite: FormAction<PasswordLink>;
  registrations: Option[];
}) {
  const { form, fields, state, submit } = useServerForm<Values, PasswordLink>(
    props.invite,
    { role: "operator" },
    "invite",
  );
  const link = state.status === "done" ? state.result : undefined;
  return (
    <div className="space-y-4">
      <ServerForm form={form} state={state} submit={submit} className="space-y-3">
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
      </ServerForm>
      {link && <MadeLink link={link} />}
    </div>
  );
}
