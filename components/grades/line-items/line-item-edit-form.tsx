"use client";

import Link from "next/link";
import { ErrorNotice } from "#components/errors/error-notice.tsx";
import { SubmitButton } from "#components/forms/acts/submit-button.tsx";
import { VersionField } from "#components/forms/drafts/version-conflict.tsx";
import { SelectField } from "#components/forms/fields/select-field.tsx";
import { TextField } from "#components/forms/fields/text-field.tsx";
import type { FormAction } from "#components/forms/form-state.ts";
import { PlainForm } from "#components/forms/plain-form.tsx";
import { usePlainForm } from "#components/forms/use-plain-form.ts";
import { Button } from "#components/ui/buttons/button.tsx";
import type { LineItemView } from "#lib/operations/line-items/schema.ts";
import { FIELD_WORDS } from "./line-item-comparison.tsx";

const FIELDS = Object.keys(FIELD_WORDS) as (keyof typeof FIELD_WORDS)[];

type Values = Record<keyof typeof FIELD_WORDS, string>;

const RELEASED = [
  { value: "", label: "Not said" },
  { value: "true", label: "Yes" },
  { value: "false", label: "No" },
];

export function LineItemEditForm({ item, save }: { item: LineItemView; save: FormAction }) {
  const { id, fields, state, submit } = usePlainForm(save, "line-item", FIELDS, valuesOf(item));
  return (
    <PlainForm id={id} state={state} submit={submit} className="space-y-4">
      {state.problem?.code.startsWith("lti.") && <ErrorNotice problem={state.problem} />}
      <input type="hidden" name="lineItemId" value={item.id} />
      <VersionField version={item.version} state={state} labels={FIELD_WORDS} read={asStored} />
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField field={fields.label} label={FIELD_WORDS.label} />
        <TextField
          field={fields.scoreMaximum}
          label={FIELD_WORDS.scoreMaximum}
          inputMode="decimal"
        />
        <TextField
          field={fields.resourceId}
          label={FIELD_WORDS.resourceId}
          spellCheck={false}
          isOptional
        />
        <TextField field={fields.tag} label={FIELD_WORDS.tag} spellCheck={false} isOptional />
        {(["startAt", "endAt"] as const).map((name) => (
          <TextField
            key={name}
            field={fields[name]}
            label={`${FIELD_WORDS[name]} (UTC)`}
            type="datetime-local"
            step="1"
            isOptional
          />
        ))}
        <SelectField
          field={fields.gradesReleased}
          label={FIELD_WORDS.gradesReleased}
          hint="whether learners are to see grades; the platform decides"
          options={RELEASED}
          isOptional
        />
      </div>
      <div className="flex flex-wrap gap-2 border-t pt-4">
        <SubmitButton>Save changes</SubmitButton>
        <Button asChild look="quiet">
          <Link href={`/courses/${item.courseId}/grades/line-items`}>Cancel</Link>
        </Button>
      </div>
    </PlainForm>
  );
}

function valuesOf(item: LineItemView): Values {
  return {
    label: item.label,
    scoreMaximum: String(item.scoreMaximum),
    resourceId: item.resourceId ?? "",
    tag: item.tag ?? "",
    startAt: item.startAt?.slice(0, 19) ?? "",
    endAt: item.endAt?.slice(0, 19) ?? "",
    gradesReleased: item.gradesReleased === null ? "" : String(item.gradesReleased),
  };
}

/** What was typed, as it is stored. */
function asStored({ startAt, endAt, gradesReleased, ...typed }: Record<string, unknown>) {
  const moment = (text: unknown) =>
    typeof text === "string" && text !== "" ? new Date(`${text}Z`).toISOString() : null;
  return {
    ...typed,
    startAt: moment(startAt),
    endAt: moment(endAt),
    gradesReleased: gradesReleased === "true" || (gradesReleased === "false" ? false : null),
  };
}
