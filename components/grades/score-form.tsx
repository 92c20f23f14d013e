"use client";

import Link from "next/link";
import { FieldHint } from "#components/forms/fields/field.tsx";
import type { FormAction } from "#components/forms/form-state.ts";
import { PlainForm } from "#components/forms/plain-form.tsx";
import { usePlainForm } from "#components/forms/use-plain-form.ts";
import { SelectField, type Option } from "#components/forms/fields/select-field.tsx";
import { SubmitButton } from "#components/forms/acts/submit-button.tsx";
import { TextareaField, TextField } from "#components/forms/fields/text-field.tsx";
import { Banner } from "#components/ui/boxes/banner.tsx";
import { Button } from "#components/ui/buttons/button.tsx";
import { Checkbox } from "#components/ui/fields/field-controls.tsx";
import { TextLink } from "#components/ui/buttons/text-link.tsx";
import type { ScorePushResult } from "#lib/operations/scores/schema.ts";

/** One score by hand. */
export function ScoreForm(props: {
  courseId: string;
  lineItems: Option[];
  defaultValue: { lineItemId?: string; userId?: string };
  setScore: FormAction<ScorePushResult>;
}) {
  const { id, fields, state, submit } = usePlainForm(
    props.setScore,
    "score",
    ["lineItemId", "userId", "scoreGiven", "scoreMaximum", "comment"],
    props.defaultValue,
  );
  const grades = `/courses/${props.courseId}/grades`;
  return (
    <PlainForm id={id} state={state} submit={submit} className="space-y-4">
      {state.status === "done" && (
        <Banner tone="ok" role="status" title={state.message}>
          <TextLink href={`${grades}?state=pending`}>See what waits</TextLink>
        </Banner>
      )}
      <SelectField
        field={fields.lineItemId}
        label="Line item"
        options={props.lineItems}
        placeholder="Choose a line item"
      />
      <TextField
        field={fields.userId}
        label="User ID"
        hint="the platform's ID of the person, as the roster shows it"
        autoComplete="off"
        spellCheck={false}
      />
      <div className="grid gap-3 sm:grid-cols-2">
        <TextField field={fields.scoreGiven} label="Score" inputMode="decimal" isOptional />
        <TextField
          field={fields.scoreMaximum}
          label="Maximum"
          hint="default: the line item's"
          inputMode="decimal"
          isOptional
        />
      </div>
      <Choice
        name="isCleared"
        label="Take the score back"
        hint="clears the result on the platform; leave the score empty"
      />
      <TextareaField field={fields.comment} label="Comment" isOptional />
      <Choice name="send" label="Send now" hint="with everything else that waits in this course" />
      <div className="flex flex-wrap gap-2 border-t pt-4">
        <SubmitButton>Store score</SubmitButton>
        <Button asChild look="quiet">
          <Link href={grades}>Back to grades</Link>
        </Button>
      </div>
    </PlainForm>
  );
}

function Choice({ name, label, hint }: { name: string; label: string; hint: string }) {
  return (
    <div>
      <label className="flex w-fit items-center gap-1.5 text-sm font-medium">
        <Checkbox name={name} value="on" aria-describedby={`score-${name}-hint`} /> {label}
      </label>
      <FieldHint id={`score-${name}-hint`}>{hint}</FieldHint>
    </div>
  );
}
