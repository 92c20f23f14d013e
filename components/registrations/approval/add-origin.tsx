import { Needs } from "#components/access/rights.tsx";
import type { FormAction } from "#components/forms/form-state.ts";
import { PlainForm } from "#components/forms/plain-form.tsx";
import { usePlainForm } from "#components/forms/use-plain-form.ts";
import { SubmitButton } from "#components/forms/acts/submit-button.tsx";
import { TextField } from "#components/forms/fields/text-field.tsx";

/** Approves an origin that nothing has named yet. */
export function AddOrigin({ registrationId, add }: { registrationId: string; add: FormAction }) {
  const { id, fields, state, submit } = usePlainForm(add, "origin", ["origin"]);
  return (
    <PlainForm id={id} state={state} submit={submit} className="space-y-3">
      <input type="hidden" name="registrationId" value={registrationId} />
      <TextField
        field={fields.origin}
        label="Address"
        hint="any address there; only scheme, host and port count"
        placeholder="https://"
        inputMode="url"
        autoComplete="off"
        spellCheck={false}
      />
      <Needs right="admin">
        <SubmitButton look="secondary">Approve origin</SubmitButton>
      </Needs>
    </PlainForm>
  );
}
