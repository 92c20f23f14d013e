"use client";

import Link from "next/link";
import type { FormAction } from "#components/forms/form-state.ts";
import type { FormField } from "#components/forms/fields/field.tsx";
import { SelectField, type Option } from "#components/forms/fields/select-field.tsx";
import { PlainForm } from "#components/forms/plain-form.tsx";
import { SubmitButton } from "#components/forms/acts/submit-button.tsx";
import { TextField } from "#components/forms/fields/text-field.tsx";
import { usePlainDraft } from "#components/forms/drafts/use-plain-draft.ts";
import { VersionField } from "#components/forms/drafts/version-conflict.tsx";
import { usePlainForm } from "#components/forms/use-plain-form.ts";
import { Button } from "#components/ui/buttons/button.tsx";
import type { ServiceScope } from "#lib/operations/registrations/platform-facts.ts";
import type { CourseInput } from "#lib/operations/courses/schema.ts";
import { ADDRESS_LABELS, ADDRESS_NAMES, ADDRESS_WORDS } from "../address-words.ts";
import { ScopesField } from "./scopes-field.tsx";

export function CourseForm(props: {
  action: FormAction;
  scopes: ServiceScope[];
  defaultValue: Partial<CourseInput>;
  cancelHref: string;
  /** Registrations to choose from; absent when the course has one already. */
  registrations?: Option[];
  courseId?: string;
  /** Of what is edited. */
  version?: string;
}) {
  const { id, fields, state, submit, isPending } = usePlainForm(
    props.action,
    "course",
    FIELDS,
    withOtherScopes(props.defaultValue, props.scopes),
  );
  usePlainDraft(id, `course:${props.courseId ?? "new"}`, isPending);
  return (
    <PlainForm id={id} state={state} submit={submit}>
      {props.courseId && <input type="hidden" name="courseId" value={props.courseId} />}
      {props.version && (
        <VersionField
          version={props.version}
          state={state}
          labels={LABELS}
          read={withTypedScopes}
        />
      )}
      <div className="grid gap-4 sm:grid-cols-2">
        {props.registrations && (
          <SelectField
            field={fields.registrationId}
            label="Registration"
            options={props.registrations}
            placeholder="Choose a registration"
          />
        )}
        <TextField
          field={fields.deploymentId}
          label="Deployment ID"
          hint="as the LMS names it; recorded when it is new"
          autoComplete="off"
          spellCheck={false}
        />
        <TextField field={fields.title} label="Title" placeholder="Biology 101" />
        <TextField field={fields.label} label="Label" placeholder="BIO-101-2026" isOptional />
        <TextField
          field={fields.contextId}
          label="Context ID"
          hint="the id of the context claim in a launch"
          autoComplete="off"
          spellCheck={false}
        />
      </div>
      <ServiceAddresses fields={fields} />
      <ScopesField field={fields.scopes} others={fields.otherScopes} scopes={props.scopes} />
      <div className="flex flex-wrap gap-2 border-t pt-4">
        <SubmitButton>{props.courseId ? "Save changes" : "Add course"}</SubmitButton>
        <Button asChild look="quiet">
          <Link href={props.cancelHref}>Cancel</Link>
        </Button>
      </div>
    </PlainForm>
  );
}

const LABELS = {
  deploymentId: "Deployment ID",
  title: "Title",
  label: "Label",
  contextId: "Context ID",
  ...ADDRESS_LABELS,
  scopes: "Scopes",
};

/** Scopes that have no box to tick are lines of text. */
const FIELDS = [
  "registrationId",
  "deploymentId",
  "title",
  "label",
  "contextId",
  ...ADDRESS_NAMES,
  "scopes",
  "otherScopes",
] as const;

type Fields = Record<(typeof FIELDS)[number], FormField>;

/** The scopes as they are stored: ticked and typed in one list. */
function withTypedScopes({ scopes, otherScopes, ...typed }: Record<string, unknown>) {
  const others = typeof otherScopes === "string" ? otherScopes.split(/\s+/) : [];
  const all = [scopes, others].flat(2).filter((scope) => scope !== "" && scope !== undefined);
  return { ...typed, scopes: all };
}

function withOtherScopes(course: Partial<CourseInput>, scopes: ServiceScope[]) {
  const known = new Set(scopes.map(({ scope }) => scope));
  const announced = course.scopes ?? [];
  return {
    ...course,
    scopes: announced.filter((scope) => known.has(scope)),
    otherScopes: announced.filter((scope) => !known.has(scope)).join("\n"),
  };
}

function ServiceAddresses({ fields }: { fields: Fields }) {
  return (
    <fieldset className="space-y-4">
      <legend className="text-base font-semibold">Service addresses</legend>
      {ADDRESS_NAMES.map((name) => (
        <TextField
          key={name}
          field={fields[name]}
          {...ADDRESS_WORDS[name]}
          placeholder="https://"
          inputMode="url"
          autoComplete="off"
          spellCheck={false}
          isOptional
        />
      ))}
    </fieldset>
  );
}
