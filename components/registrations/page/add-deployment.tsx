import type { FormAction } from "#components/forms/form-state.ts";
import { PlainForm } from "#components/forms/plain-form.tsx";
import { usePlainForm } from "#components/forms/use-plain-form.ts";
import { SubmitButton } from "#components/forms/acts/submit-button.tsx";
import { TextField } from "#components/forms/fields/text-field.tsx";

/** A deployment entered by hand, before a launch names it. */
export function AddDeployment({
  registrationId,
  add,
}: {
  registrationId: string;
  add: FormAction;
}) {
  const { id, fields, state, submit } = usePlainForm(add, "deployment", ["deploymentId", "label"]);
  return (
    <PlainForm id={id} state={state} submit={submit} className="space-y-3">
      <input type="hidden" name="registrationId" value={registrationId} />
      <div className="grid gap-3 sm:grid-cols-2">
        <TextField field={fields.deploymentId} label="Deployment ID" autoComplete="off" />
        <TextField
          field={fields.label}
          label="Label"
          isOptional
          hint="such as the institution it serves"
        />
      </div>
      <SubmitButton look="secondary">Add deployment</SubmitButton>
    </PlainForm>
  );
}
