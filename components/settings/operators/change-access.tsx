"use client";

import { useState } from "react";
import type { FormAction } from "#components/forms/form-state.ts";
import type { Option } from "#components/forms/fields/select-field.tsx";
import { PlainForm } from "#components/forms/plain-form.tsx";
import { sayDone } from "#components/forms/acts/say-done.ts";
import { SubmitButton } from "#components/forms/acts/submit-button.tsx";
import { usePlainForm } from "#components/forms/use-plain-form.ts";
import { Button } from "#components/ui/buttons/button.tsx";
import { Dialog, DialogClose, DialogFooter } from "#components/ui/overlays/dialog.tsx";
import type { OperatorView } from "#lib/operations/operators/schema.ts";
import { ACCESS_FIELDS, AccessFields } from "./access-fields.tsx";

/** Changes what an operator may do. */
export function ChangeAccess(props: {
  operator: OperatorView;
  change: FormAction;
  registrations: Option[];
}) {
  const { id, name, role, seesNames, registrationIds } = props.operator;
  const [isOpen, setOpen] = useState(false);
  const changeAndClose: FormAction = async (previous, form) => {
    const state = await props.change(previous, form);
    if (state.status === "done") {
      setOpen(false);
      if (state.message) sayDone(state.message);
    }
    return state;
  };
  const given = { role, seesNames: seesNames ? "on" : null, registrationIds };
  const {
    id: form,
    fields,
    state,
    submit,
  } = usePlainForm(changeAndClose, `access-${id}`, ACCESS_FIELDS, given);
  return (
    <Dialog
      isOpen={isOpen}
      onOpenChange={setOpen}
      title={`What ${name} may do`}
      description="Takes effect with the next click."
      trigger={
        <Button size="sm" aria-label={`Change what ${name} may do`}>
          Change
        </Button>
      }
    >
      <PlainForm id={form} state={state} submit={submit} className="space-y-4">
        <input type="hidden" name="operatorId" value={id} />
        <AccessFields fields={fields} registrations={props.registrations} />
        <DialogFooter>
          <DialogClose>
            <Button>Cancel</Button>
          </DialogClose>
          <SubmitButton>Save</SubmitButton>
        </DialogFooter>
      </PlainForm>
    </Dialog>
  );
}
