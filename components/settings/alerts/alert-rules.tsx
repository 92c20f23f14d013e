"use client";

import { ActionButton } from "#components/forms/acts/action-button.tsx";
import { ConfirmAct } from "#components/forms/acts/confirm-act.tsx";
import type { FormAction } from "#components/forms/form-state.ts";
import { Badge } from "#components/ui/text/badge.tsx";
import { Banner } from "#components/ui/boxes/banner.tsx";
import { Card, CardBody, CardHeader } from "#components/ui/boxes/card.tsx";
import { Disclosure } from "#components/ui/boxes/disclosure.tsx";
import type { AlertRuleView } from "#lib/operations/alerts/schema.ts";
import { AddRule, EditRule, KIND_WORDS, type Registrations } from "./alert-rule-form.tsx";

export type RuleActs = {
  addRule: FormAction;
  saveRule: FormAction<AlertRuleView>;
  enableRule: FormAction;
  disableRule: FormAction;
  removeRule: FormAction;
  sendTest: FormAction;
};

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
            <div className="basis-full">
              <Disclosure summary={`Edit ${rule.name}`}>
                <EditRule rule={rule} save={props.saveRule} registrations={registrations} />
              </Disclosure>
            </div>
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
