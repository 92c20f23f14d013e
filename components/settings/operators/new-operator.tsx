"use client";

import { Plus } from "lucide-react";
import { useState } from "react";
import { sayDone } from "#components/forms/acts/say-done.ts";
import type { FormAction } from "#components/forms/form-state.ts";
import { ServerForm } from "#components/forms/server-form.tsx";
import { SubmitButton } from "#components/forms/acts/submit-button.tsx";
import { TextField } from "#components/forms/fields/text-field.tsx";
import { useServerForm } from "#components/forms/use-server-form.ts";
import { Button } from "#components/ui/button.tsx";
import { Dialog, DialogClose, DialogFooter } from "#components/ui/dialog.tsx";
import type { Option } from "#components/forms/fields/select-field.tsx";
import { AccessFields } from "./access-fields.tsx";

type Values = {
  name: string;
  email: string;
  password: string;
  role: string;
  seesNames: boolean;
  registrationIds: string[];
};

export function NewOperator(props: { add: FormAction; registrations: Option[] }) {
  const [isOpen, setOpen] = useState(false);
  const addAndClose: FormAction = async (previous, form) => {
    const state = await props.add(previous, form);
    if (state.status === "done") {
      setOpen(false);
      sayDone(state.message ?? "");
    }
    return state;
  };
  // The form's state outlives the dialog, so that closing it does not lose the answer.
  const { form, fields, state, submit } = useServerForm<Values>(
    addAndClose,
    { role: "operator" },
    "operator",
  );
  return (
    <Dialog
      isOpen={isOpen}
      onOpenChange={setOpen}
      title="Add an operator"
      description="Hand the password over by another way than e-mail; its owner can change it here."
      trigger={
        <Button size="sm">
          <Plus aria-hidden /> Add
        </Button>
      }
    >
      <ServerForm form={form} state={state} submit={submit} className="space-y-4">
        <TextField field={fields.name} label="Name" autoComplete="off" />
        <TextField field={fields.email} label="E-mail" type="email" autoComplete="off" />
        <TextField
          field={fields.password}
          label="Password"
          type="password"
          hint="At least 12 characters."
          autoComplete="new-password"
        />
        <AccessFields fields={fields} registrations={props.registrations} />
        <DialogFooter>
          <DialogClose asChild>
            <Button>Cancel</Button>
          </DialogClose>
          <SubmitButton>Add operator</SubmitButton>
        </DialogFooter>
      </ServerForm>
    </Dialog>
  );
}
