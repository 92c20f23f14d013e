"use client";

import type { DefaultValue } from "@conform-to/react";
import Link from "next/link";
import { SelectField } from "#components/forms/fields/select-field.tsx";
import { ServerForm } from "#components/forms/server-form.tsx";
import { SubmitButton } from "#components/forms/acts/submit-button.tsx";
import { TextField } from "#components/forms/fields/text-field.tsx";
import type { FormAction } from "#components/forms/form-state.ts";
import { useDraft } from "#components/forms/drafts/use-draft.ts";
import { VersionField } from "#components/forms/drafts/version-conflict.tsx";
import { useServerForm } from "#components/forms/use-server-form.ts";
import { Button } from "#components/ui/buttons/button.tsx";
import type { PlatformLimits } from "#lib/operations/registrations/platform-facts.ts";
import type { RegistrationInput } from "#lib/operations/registrations/schema.ts";
import type { PlatformGuide } from "#lib/platforms/index.ts";
import { ConfirmDestination } from "#components/registrations/approval/confirm-destination.tsx";
import { PLATFORM_OPTIONS } from "../platform-options.ts";
import { RegistrationFields } from "./registration-fields.tsx";

const LABELS = {
  name: "Name",
  profile: "Platform",
  issuer: "Issuer",
  clientId: "Client ID",
  tokenEndpoint: "Token endpoint",
  authorizationEndpoint: "Authorization endpoint",
  jwksUrl: "JWKS URL",
  audience: "Audience",
  audienceValues: "Audience values",
  assertionTyp: "Assertion type",
  profileOverrides: "Platform limits",
  signsWith: "Key that signs",
  toolJwksUrl: "JWKS URL of the tool",
};

/** Everything of a registration that can be changed. */
export function RegistrationForm(props: {
  action: FormAction;
  registrationId: string;
  version: string;
  guide: PlatformGuide;
  limits: PlatformLimits;
  defaultValue: DefaultValue<RegistrationInput>;
  cancelHref: string;
}) {
  const { registrationId } = props;
  const { form, fields, state, submit, isPending } = useServerForm<RegistrationInput>(
    props.action,
    props.defaultValue,
    "registration",
  );
  useDraft(form, `registration:${registrationId}`, isPending);
  return (
    <ServerForm form={form} state={state} submit={submit}>
      <input type="hidden" name="registrationId" value={registrationId} />
      <VersionField version={props.version} state={state} labels={LABELS} />
      <TextField
        field={fields.name}
        label="Name"
        hint="what you call this LMS; only operators see it"
      />
      <SelectField field={fields.profile} label="Platform" options={PLATFORM_OPTIONS} />
      <RegistrationFields
        form={form}
        fields={fields}
        guide={props.guide}
        limits={props.limits}
        isNew={false}
      />
      <ConfirmDestination state={state} value="on" act="Confirm and save" />
      <div className="flex flex-wrap gap-2 border-t pt-4">
        <SubmitButton>Save changes</SubmitButton>
        <Button asChild look="quiet">
          <Link href={props.cancelHref}>Cancel</Link>
        </Button>
      </div>
    </ServerForm>
  );
}
