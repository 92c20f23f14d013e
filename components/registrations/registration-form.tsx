"use client";

import type { DefaultValue } from "@conform-to/react";
import Link from "next/link";
import { ListField } from "#components/forms/list-field.tsx";
import { SelectField } from "#components/forms/select-field.tsx";
import { ServerForm } from "#components/forms/server-form.tsx";
import { SubmitButton } from "#components/forms/submit-button.tsx";
import { TextField } from "#components/forms/text-field.tsx";
import type { FormAction } from "#components/forms/form-state.ts";
import { useDraft } from "#components/forms/use-draft.ts";
import { useServerForm } from "#components/forms/use-server-form.ts";
import { Button } from "#components/ui/button.tsx";
import type { PlatformLimits } from "#lib/operations/platform-facts.ts";
import type { RegistrationInput } from "#lib/operations/schemas/registrations.ts";
import { AudienceField } from "./audience-field.tsx";
import { OverrideFields } from "./override-fields.tsx";
import { platformGuides, type Addresses, type PlatformGuide } from "./platforms/index.ts";
import { Prefill } from "./prefill.tsx";

export type RegistrationFormProps = {
  action: FormAction;
  guide: PlatformGuide;
  limits: PlatformLimits;
  defaultValue: DefaultValue<RegistrationInput>;
  /** Present when an existing registration is edited. */
  registrationId?: string;
  cancelHref: string;
};

export function RegistrationForm(props: RegistrationFormProps) {
  const { guide, registrationId } = props;
  const { form, fields, state, submit, isPending } = useServerForm<RegistrationInput>(
    props.action,
    props.defaultValue,
    "registration",
  );
  useDraft(form, `registration:${registrationId ?? guide.profile}`, isPending);

  const fill = (addresses: Addresses) => {
    for (const name of ADDRESSES)
      if (addresses[name] !== undefined)
        form.update({ name: fields[name].name, value: addresses[name] });
  };
  return (
    <div className="space-y-5">
      {!registrationId && <Prefill guide={guide} onFill={fill} />}
      <ServerForm form={form} state={state} submit={submit}>
        {registrationId && <input type="hidden" name="registrationId" value={registrationId} />}
        <TextField
          field={fields.name}
          label="Name"
          hint="what you call this LMS; only operators see it"
          placeholder="State University Canvas"
        />
        {registrationId ? (
          <SelectField field={fields.profile} label="Platform" options={PLATFORMS} />
        ) : (
          <input type="hidden" name={fields.profile.name} value={guide.profile} />
        )}
        <PlatformValues fields={fields} guide={guide} />
        {!registrationId && (
          <ListField
            form={form}
            field={fields.deploymentIds}
            label={guide.fields.deploymentIds?.label ?? "Deployment IDs"}
            entry="deployment ID"
            addLabel="Add a deployment ID"
            hint={guide.fields.deploymentIds?.hint}
            placeholder={guide.fields.deploymentIds?.placeholder}
          />
        )}
        <AudienceField
          form={form}
          audience={fields.audience}
          values={fields.audienceValues}
          why={guide.audience?.why}
        />
        <OverrideFields overrides={fields.profileOverrides} limits={props.limits} />
        <div className="flex flex-wrap gap-2 border-t pt-4">
          <SubmitButton>{registrationId ? "Save changes" : "Save registration"}</SubmitButton>
          <Button asChild look="quiet">
            <Link href={props.cancelHref}>Cancel</Link>
          </Button>
        </div>
      </ServerForm>
    </div>
  );
}

const ADDRESSES = ["issuer", "tokenEndpoint", "authorizationEndpoint", "jwksUrl"] as const;
const PLATFORMS = platformGuides.map(({ profile, name }) => ({ value: profile, label: name }));

const VALUES = [
  { field: "issuer", label: "Issuer", isAddress: true },
  { field: "clientId", label: "Client ID", isAddress: false },
  { field: "tokenEndpoint", label: "Token endpoint", isAddress: true },
  { field: "authorizationEndpoint", label: "Authorization endpoint", isAddress: true },
  { field: "jwksUrl", label: "JWKS URL", isAddress: true },
] as const;

type Fields = ReturnType<typeof useServerForm<RegistrationInput>>["fields"];

function PlatformValues({ fields, guide }: { fields: Fields; guide: PlatformGuide }) {
  return VALUES.map(({ field, label, isAddress }) => {
    const words = guide.fields[field];
    const isRenamed = words?.label !== undefined && words.label !== label;
    const hint = [isRenamed && `in LTI terms: ${label}`, words?.hint].filter(Boolean);
    return (
      <TextField
        key={field}
        field={fields[field]}
        label={words?.label ?? label}
        hint={hint.join("; ") || undefined}
        placeholder={words?.placeholder ?? (isAddress ? "https://" : undefined)}
        inputMode={isAddress ? "url" : undefined}
        spellCheck={false}
        autoComplete="off"
      />
    );
  });
}
