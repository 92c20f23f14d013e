"use client";

import { ErrorNotice } from "#components/errors/error-notice.tsx";
import type { FormAction } from "#components/forms/form-state.ts";
import { PlainForm } from "#components/forms/plain-form.tsx";
import { usePlainForm } from "#components/forms/use-plain-form.ts";
import { SubmitButton } from "#components/forms/acts/submit-button.tsx";
import { TextField } from "#components/forms/fields/text-field.tsx";

export function LineItemForm({ courseId, add }: { courseId: string; add: FormAction }) {
  const { id, fields, state, submit } = usePlainForm(add, "line-item", [
    "label",
    "scoreMaximum",
    "resourceId",
    "tag",
    "url",
  ]);
  return (
    <PlainForm id={id} state={state} submit={submit} className="max-w-2xl space-y-3">
      {state.problem?.code.startsWith("lti.") && <ErrorNotice problem={state.problem} />}
      <input type="hidden" name="courseId" value={courseId} />
      <div className="grid gap-3 sm:grid-cols-2">
        <TextField field={fields.label} label="Label" placeholder="Quiz 1" />
        <TextField field={fields.scoreMaximum} label="Maximum score" inputMode="decimal" />
        <TextField
          field={fields.resourceId}
          label="Resource ID"
          hint="found by it, and created only if there is none"
          isOptional
        />
        <TextField field={fields.tag} label="Tag" isOptional />
      </div>
      <TextField
        field={fields.url}
        label="URL"
        hint="only for a line item that the platform has already"
        placeholder="https://"
        inputMode="url"
        spellCheck={false}
        isOptional
      />
      <SubmitButton look="secondary">Add line item</SubmitButton>
    </PlainForm>
  );
}
