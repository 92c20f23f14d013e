"use client";

import { ActionButton } from "#components/forms/acts/action-button.tsx";
import { ConfirmAct } from "#components/forms/acts/confirm-act.tsx";
import { SubmitButton } from "#components/forms/acts/submit-button.tsx";
import { RegistrationsField } from "../registrations-field.tsx";
import { ChoiceField } from "#components/forms/fields/choice-field.tsx";
import { TextField } from "#components/forms/fields/text-field.tsx";
import type { FormAction } from "#components/forms/form-state.ts";
import { PlainForm } from "#components/forms/plain-form.tsx";
import { usePlainForm } from "#components/forms/use-plain-form.ts";
import { Badge } from "#components/ui/text/badge.tsx";
import { Banner } from "#components/ui/boxes/banner.tsx";
import { Card, CardBody, CardHeader } from "#components/ui/boxes/card.tsx";
import { Disclosure } from "#components/ui/boxes/disclosure.tsx";
import type { AlertRuleView } from "#lib/operations/alerts/schema.ts";

export type RuleActs = {
  addRule: FormAction;
  enableRule: FormAction;
  disableRule: FormAction;
  removeRule: FormAction;
  sendTest: FormAction;
};

type Registrations = { value: string; label: string }[];

const KIND_WORDS: Record<AlertRuleView["kinds"][number], string> = {
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

/** Who is told of what. */
export function AlertRules(
  props: RuleActs & { rules: AlertRuleView[]; registrations: Registrations; hasServer: boolean },
) {
  const { rules, registrations } = props;
  return (
    <Card aria-labelledby="alert-rules">
      <CardHeader
        id="alert-rules"
        title="Who is told"
        description="One mail when a cause begins, one when it is well again. Webhooks carry the same as alert.opened and alert.closed."
      />
      {rules.length > 0 && !props.hasServer && (
        <CardBody className="pb-0">
          <Banner tone="bad">
            <p>No mail server is set, so nothing is sent.</p>
          </Banner>
        </CardBody>
      )}
      <ul className="divide-y">
        {rules.map((rule) => (
          <li key={rule.id} className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3">
            <div className="min-w-0 flex-1 basis-60 text-sm">
              <div className="flex flex-wrap items-center gap-2 font-medium">
                {rule.name} {!rule.isEnabled && <Badge>Off</Badge>}
              </div>
              <div className="break-words text-muted">
                {rule.addresses.join(", ")}: {aboutOf(rule, registrations)}
              </div>
            </div>
            <Acts rule={rule} {...props} />
          </li>
        ))}
      </ul>
      <CardBody className={rules.length > 0 ? "border-t" : undefined}>
        <Disclosure summary="Add a rule" isOpen={rules.length === 0}>
          <AddRule add={props.addRule} registrations={registrations} />
        </Disclosure>
      </CardBody>
    </Card>
  );
}

function aboutOf(rule: AlertRuleView, registrations: Registrations): string {
  const { kinds, registrationIds, quietFrom, quietTo, timeZone } = rule;
  const names = registrations.filter(({ value }) => registrationIds.includes(value));
  return [
    kinds.length === 0 ? "everything" : kinds.map((kind) => KIND_WORDS[kind]).join(", "),
    registrationIds.length > 0 && `of ${names.map(({ label }) => label).join(", ")}`,
    quietFrom && quietTo && `quiet from ${quietFrom} to ${quietTo} (${timeZone})`,
  ]
    .filter(Boolean)
    .join("; ");
}

function Acts({ rule, ...acts }: RuleActs & { rule: AlertRuleView }) {
  const values = { ruleId: rule.id };
  return (
    <div className="flex flex-wrap gap-2">
      <ActionButton
        action={acts.sendTest}
        values={values}
        size="sm"
        label={`Send a test to ${rule.name}`}
      >
        Send a test
      </ActionButton>
      <ActionButton
        action={rule.isEnabled ? acts.disableRule : acts.enableRule}
        values={values}
        size="sm"
        look="quiet"
        label={`${rule.isEnabled ? "Disable" : "Enable"} ${rule.name}`}
      >
        {rule.isEnabled ? "Disable" : "Enable"}
      </ActionButton>
      <ConfirmAct
        action={acts.removeRule}
        values={values}
        size="sm"
        look="quiet"
        word="Delete"
        label={`Delete ${rule.name}`}
        title={`Delete the rule ${rule.name}?`}
        act="Delete the rule"
      >
        <p>
          {rule.addresses.join(", ")} is told nothing more, and the record of what was sent by this
          rule goes. Alerts stay.
        </p>
      </ConfirmAct>
    </div>
  );
}

function AddRule({ add, registrations }: { add: FormAction; registrations: Registrations }) {
  const { id, state, submit, fields } = usePlainForm(add, "alert-rule", [
    "name",
    "addresses",
    "kinds",
    "registrationIds",
    "quietFrom",
    "quietTo",
    "timeZone",
  ]);
  return (
    <PlainForm id={id} state={state} submit={submit} className="space-y-4">
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField field={fields.name} label="Name" placeholder="Operators" />
        <TextField
          field={fields.addresses}
          label="E-mail addresses"
          hint="several with a comma between them"
          placeholder="lti@example.edu"
        />
      </div>
      <Disclosure summary="What, of which registrations, and when not">
        <div className="space-y-4">
          <ChoiceField
            field={fields.kinds}
            type="checkbox"
            label="Tell of"
            hint="none chosen: of everything"
            choices={KINDS}
          />
          <RegistrationsField field={fields.registrationIds} registrations={registrations} />
          <div className="grid gap-4 sm:grid-cols-3">
            <TextField field={fields.quietFrom} label="Quiet from" placeholder="22:00" isOptional />
            <TextField field={fields.quietTo} label="Quiet until" placeholder="07:00" isOptional />
            <TextField
              field={fields.timeZone}
              label="Time zone"
              placeholder="Europe/Berlin"
              hint="UTC where it is left out"
              isOptional
            />
          </div>
        </div>
      </Disclosure>
      <SubmitButton look="secondary">Add the rule</SubmitButton>
    </PlainForm>
  );
}
