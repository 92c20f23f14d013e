"use client";

import { useEffect, useState } from "react";
import { SubmitButton } from "#components/forms/acts/submit-button.tsx";
import { VersionField } from "#components/forms/drafts/version-conflict.tsx";
import { ChoiceField } from "#components/forms/fields/choice-field.tsx";
import type { FormField } from "#components/forms/fields/field.tsx";
import { TextField } from "#components/forms/fields/text-field.tsx";
import type { FormAction } from "#components/forms/form-state.ts";
import { PlainForm } from "#components/forms/plain-form.tsx";
import { usePlainForm } from "#components/forms/use-plain-form.ts";
import { Disclosure } from "#components/ui/boxes/disclosure.tsx";
import type { AlertRuleView } from "#lib/operations/alerts/schema.ts";
import { RegistrationsField } from "../registrations-field.tsx";

export type Registrations = { value: string; label: string }[];

export const KIND_WORDS: Record<AlertRuleView["kinds"][number], string> = {
  failure: "Failed syncs, refused tokens",
  unverified: "Failed verifications",
  hold: "Removals that wait for a decision",
  rejected: "Rejected scores",
  difference: "Grades that are not as they were sent",
  conflict: "Grades changed on the platform",
  stale: "Rosters that nobody has read for days",
  key: "Signing keys that are due",
  webhook: "Webhooks that are disabled",
  pending_registration: "Registrations that wait for approval",
  pending_deployment: "Deployments that wait for approval",
  pending_origin: "Service addresses that wait for approval",
};
const KINDS = Object.entries(KIND_WORDS).map(([value, label]) => ({ value, label }));

const FIELDS = [
  "name",
  "addresses",
  "kinds",
  "registrationIds",
  "quietFrom",
  "quietTo",
  "timeZone",
] as const;

const LABELS = {
  name: "Name",
  addresses: "E-mail addresses",
  kinds: "Tell of",
  registrationIds: "Registrations",
  quietFrom: "Quiet from",
  quietTo: "Quiet until",
  timeZone: "Time zone",
};

export function AddRule({ add, registrations }: { add: FormAction; registrations: Registrations }) {
  const { id, state, submit, fields } = usePlainForm(add, "alert-rule", FIELDS);
  return (
    <PlainForm id={id} state={state} submit={submit} className="space-y-4">
      <RuleFields fields={fields} registrations={registrations} />
      <SubmitButton look="secondary">Add the rule</SubmitButton>
    </PlainForm>
  );
}

type Editing = {
  rule: AlertRuleView;
  save: FormAction<AlertRuleView>;
  registrations: Registrations;
};

/** Stays with what it was filled from: what others save meanwhile must not slip in unseen. */
export function EditRule(props: Editing) {
  const [seen, setSeen] = useState(props.rule);
  return <SavedRule key={seen.version} {...props} rule={seen} onSaved={setSeen} />;
}

function SavedRule(props: Editing & { onSaved: (rule: AlertRuleView) => void }) {
  const { rule, onSaved } = props;
  const { id, state, submit, fields } = usePlainForm(props.save, `rule-${rule.id}`, FIELDS, {
    ...rule,
    addresses: rule.addresses.join(", "),
  });
  const { result } = state;
  useEffect(() => {
    if (result) onSaved(result);
  }, [result, onSaved]);
  return (
    <PlainForm id={id} state={state} submit={submit} className="space-y-4 pt-2">
      <input type="hidden" name="ruleId" value={rule.id} />
      <VersionField version={rule.version} state={state} labels={LABELS} read={asStored} />
      <RuleFields fields={fields} registrations={props.registrations} />
      <SubmitButton look="secondary">Save the rule</SubmitButton>
    </PlainForm>
  );
}

/** What was typed, as it is stored. */
function asStored({ addresses, quietFrom, quietTo, ...typed }: Record<string, unknown>) {
  return {
    ...typed,
    addresses: String(addresses ?? "")
      .split(/[\s,;]+/)
      .filter((address) => address !== ""),
    quietFrom: quietFrom || null,
    quietTo: quietTo || null,
  };
}

function RuleFields(props: {
  fields: Record<(typeof FIELDS)[number], FormField>;
  registrations: Registrations;
}) {
  const { fields } = props;
  return (
    <>
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField field={fields.name} label={LABELS.name} placeholder="Operators" />
        <TextField
          field={fields.addresses}
          label={LABELS.addresses}
          hint="several with a comma between them"
          placeholder="lti@example.edu"
        />
      </div>
      <Disclosure summary="What, of which registrations, and when not">
        <div className="space-y-4">
          <ChoiceField
            field={fields.kinds}
            type="checkbox"
            label={LABELS.kinds}
            hint="none chosen: of everything"
            choices={KINDS}
          />
          <RegistrationsField field={fields.registrationIds} registrations={props.registrations} />
          <div className="grid gap-4 sm:grid-cols-3">
            <TextField
              field={fields.quietFrom}
              label={LABELS.quietFrom}
              placeholder="22:00"
              isOptional
            />
            <TextField
              field={fields.quietTo}
              label={LABELS.quietTo}
              placeholder="07:00"
              isOptional
            />
            <TextField
              field={fields.timeZone}
              label={LABELS.timeZone}
              placeholder="Europe/Berlin"
              hint="UTC where it is left out"
              isOptional
            />
          </div>
        </div>
      </Disclosure>
    </>
  );
}
