"use client";

import type { FormAction } from "#components/forms/form-state.ts";
import { SubmitButton } from "#components/forms/acts/submit-button.tsx";
import { TextField } from "#components/forms/fields/text-field.tsx";
import { PasskeyForm } from "#components/passkeys/passkey-form.tsx";
import { Button } from "#components/ui/buttons/button.tsx";
import { Banner } from "#components/ui/boxes/banner.tsx";
import type { AskedForUse } from "#lib/operations/passkeys/schema.ts";
import { AuthCard } from "./auth-card.tsx";
import { PlainForm } from "#components/forms/plain-form.tsx";
import { usePlainForm } from "#components/forms/use-plain-form.ts";

type Credentials = { email: string; password: string };

export function SignInForm(props: {
  action: FormAction;
  returnTo: string;
  demo: Credentials | null;
  /** The way to the institution's own provider, where there is one. */
  singleSignOn: { label: string; href: string } | null;
  passwordsAreOff: boolean;
  /** Where somebody has one. */
  passkey: { ask: FormAction<AskedForUse>; enter: FormAction } | null;
  /** Why the provider's answer let nobody in. */
  refused: string | null;
}) {
  const { id, fields, state, submit } = usePlainForm(
    props.action,
    "sign-in",
    ["email", "password"],
    props.demo ?? {},
  );
  return (
    <AuthCard title="Sign in">
      {props.demo && <DemoCredentials {...props.demo} />}
      {props.refused && (
        <Banner tone="bad" role="alert" title="You are not signed in">
          <p className="first-letter:uppercase">{props.refused}.</p>
        </Banner>
      )}
      {props.singleSignOn && <SingleSignOnLink {...props.singleSignOn} />}
      {!props.passwordsAreOff && (
        <PlainForm id={id} state={state} submit={submit}>
          <input type="hidden" name="returnTo" value={props.returnTo} />
          <TextField
            field={fields.email}
            label="E-mail"
            type="email"
            autoComplete="username"
            autoFocus={!props.demo && !props.singleSignOn}
          />
          <TextField
            field={fields.password}
            label="Password"
            type="password"
            autoComplete="current-password"
          />
          <SubmitButton
            look={props.singleSignOn ? "secondary" : "primary"}
            size="lg"
            className="w-full"
          >
            Sign in
          </SubmitButton>
        </PlainForm>
      )}
      {props.passkey && (
        <PasskeyForm
          ask={props.passkey.ask}
          send={props.passkey.enter}
          values={{ returnTo: props.returnTo }}
        >
          Use a passkey
        </PasskeyForm>
      )}
    </AuthCard>
  );
}

/** A link and no form: the provider's page is another site's. */
function SingleSignOnLink({ label, href }: { label: string; href: string }) {
  return (
    <Button asChild look="primary" size="lg" className="w-full">
      <a href={href}>{label}</a>
    </Button>
  );
}

function DemoCredentials({ email, password }: Credentials) {
  return (
    <Banner tone="active" title="This is the demo">
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-3">
        <dt className="text-muted">E-mail</dt>
        <dd className="font-mono text-xs leading-5">{email}</dd>
        <dt className="text-muted">Password</dt>
        <dd className="font-mono text-xs leading-5">{password}</dd>
      </dl>
    </Banner>
  );
}
