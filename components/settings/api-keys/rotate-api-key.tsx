"use client";

import type { FormAction } from "#components/forms/form-state.ts";
import { SelectField } from "#components/forms/fields/select-field.tsx";
import { PlainForm } from "#components/forms/plain-form.tsx";
import { SubmitButton } from "#components/forms/acts/submit-button.tsx";
import { usePlainForm } from "#components/forms/use-plain-form.ts";
import { Button } from "#components/ui/buttons/button.tsx";
import { Dialog, DialogClose, DialogFooter } from "#components/ui/overlays/dialog.tsx";
import type { ApiKeyCreated, ApiKeyView } from "#lib/operations/operators/api-key-schema.ts";
import { CreatedKey } from "./created-key.tsx";

const OVERLAPS = [
  { value: "0", label: "It ends at once" },
  { value: "24", label: "For a day" },
  { value: "168", label: "For a week" },
];

/** Makes the key that takes the place of another, and shows it this once. */
export function RotateApiKey(props: { apiKey: ApiKeyView; rotate: FormAction<ApiKeyCreated> }) {
  const { id, name } = props.apiKey;
  const {
    id: form,
    fields,
    state,
    submit,
  } = usePlainForm(props.rotate, `rotate-${id}`, ["overlapHours"], { overlapHours: "24" });
  const created = state.status === "done" ? state.result : undefined;
  return (
    <Dialog
      title={`Rotate the key “${name}”`}
      description="The new key has the same scopes and registrations, and the same length of life."
      trigger={
        <Button size="sm" aria-label={`Rotate API key ${name}`}>
          Rotate
        </Button>
      }
    >
      {created ? (
        <CreatedKey created={created} />
      ) : (
        <PlainForm id={form} state={state} submit={submit} className="space-y-4">
          <input type="hidden" name="apiKeyId" value={id} />
          <SelectField
            field={fields.overlapHours}
            label="The present key goes on"
            options={OVERLAPS}
          />
          <DialogFooter>
            <DialogClose>
              <Button>Cancel</Button>
            </DialogClose>
            <SubmitButton>Rotate key</SubmitButton>
          </DialogFooter>
        </PlainForm>
      )}
    </Dialog>
  );
}
