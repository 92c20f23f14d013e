"use client";

import type { Option } from "#components/forms/fields/select-field.tsx";
import { SwitchField } from "#components/forms/fields/switch-field.tsx";
import { TextField } from "#components/forms/fields/text-field.tsx";
import type { FormAction } from "#components/forms/form-state.ts";
import { ServerForm } from "#components/forms/server-form.tsx";
import { SubmitButton } from "#components/forms/acts/submit-button.tsx";
import { useServerForm } from "#components/forms/use-server-form.ts";
import { Banner } from "#components/ui/boxes/banner.tsx";
import { Card, CardBody, CardHeader } from "#components/ui/boxes/card.tsx";
import { CodeBlock } from "#components/ui/text/code-block.tsx";
import type { SingleSignOnView } from "#lib/operations/single-sign-on/schema.ts";
import { RuleList, type RuleValues } from "./rule-list.tsx";

type Values = {
  issuer: string;
  clientId: string;
  clientSecret: string;
  label: string;
  scopes: string;
  rules: RuleValues[];
  only: boolean;
};

/** Where people sign in, and what the provider's claims allow here. */
export function SingleSignOnCard(props: {
  change: FormAction;
  settings: SingleSignOnView;
  registrations: Option[];
}) {
  const { settings } = props;
  const { issuer, clientId, label, scopes, rules, only } = settings;
  const { form, fields, state, submit } = useServerForm<Values>(
    props.change,
    { issuer, clientId, label, scopes, rules, only },
    "single-sign-on",
  );
  const isFixed = settings.source === "environment";
  return (
    <Card aria-labelledby="single-sign-on-title">
      <CardHeader
        id="single-sign-on-title"
        title="Single sign-on"
        description="With OpenID Connect. SAML is not supported; use a bridge such as Keycloak or Shibboleth’s OpenID Connect plug-in."
      />
      <CardBody className="space-y-4">
        <div className="space-y-1.5">
          <p className="text-sm">Register this redirect URI at the provider:</p>
          <CodeBlock code={settings.redirectUri} label="redirect URI" />
        </div>
        {isFixed && (
          <Banner tone="idle" title="Set in the environment">
            <p>While ROLLBOOK_SSO is set, these settings cannot be changed here.</p>
          </Banner>
        )}
        <ServerForm form={form} state={state} submit={submit} className="space-y-4">
          <TextField
            field={fields.issuer}
            label="Issuer"
            hint="Its discovery document is at this address followed by /.well-known/openid-configuration. Leave it empty to turn single sign-on off."
            placeholder="https://login.example.edu"
            inputMode="url"
            isOptional
          />
          <TextField field={fields.clientId} label="Client ID" autoComplete="off" isOptional />
          <TextField
            field={fields.clientSecret}
            label="Client secret"
            type="password"
            hint={
              settings.hasClientSecret
                ? "One is stored; leave it empty to keep it."
                : "Stored encrypted."
            }
            autoComplete="off"
            isOptional
          />
          <TextField
            field={fields.label}
            label="Words on the button"
            placeholder="Single sign-on"
            isOptional
          />
          <TextField
            field={fields.scopes}
            label="Scopes"
            hint="Separated by spaces, with openid among them, and the scope for groups if the provider has one."
          />
          <RuleList form={form} field={fields.rules} registrations={props.registrations} />
          <SwitchField
            field={fields.only}
            label="Single sign-on only"
            hint="Nobody signs in with a password. It takes effect once an admin has signed in through this provider and client. If nobody can sign in, run npm run let-in on the server."
          />
          {!isFixed && <SubmitButton>Save single sign-on</SubmitButton>}
        </ServerForm>
      </CardBody>
    </Card>
  );
}
