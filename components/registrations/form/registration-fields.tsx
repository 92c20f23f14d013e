import type { FormMetadata } from "@conform-to/react";
import { ListField } from "#components/forms/fields/list-field.tsx";
import { TextField } from "#components/forms/fields/text-field.tsx";
import type { useServerForm } from "#components/forms/use-server-form.ts";
import type { PlatformLimits } from "#lib/operations/registrations/platform-facts.ts";
import type { RegistrationInput } from "#lib/operations/registrations/schema.ts";
import { lazily } from "#components/ui/lazily.tsx";
import type { FoldedProps } from "./folded/folded-fields.tsx";
import type { PlatformGuide } from "#lib/platforms/index.ts";

const FoldedFields = lazily<FoldedProps>(() =>
  import("./folded/folded-fields.tsx").then((file) => file.FoldedFields),
);

type Fields = ReturnType<typeof useServerForm<RegistrationInput>>["fields"];

type Props = { form: FormMetadata<RegistrationInput>; fields: Fields; guide: PlatformGuide };

/** What the platform tells, in its own words; what is rarely touched is folded away. */
export function RegistrationFields(props: Props & { limits: PlatformLimits; isNew: boolean }) {
  const { form, fields, guide } = props;
  return (
    <>
      {VALUES.map((value) => (
        <PlatformValue key={value.field} {...value} fields={fields} guide={guide} />
      ))}
      {props.isNew && <DeploymentIdsField form={form} fields={fields} guide={guide} />}
      <FoldedFields form={form} fields={fields} guide={guide} limits={props.limits} />
    </>
  );
}

const VALUES = [
  { field: "issuer", label: "Issuer", isAddress: true },
  { field: "clientId", label: "Client ID", isAddress: false },
  { field: "tokenEndpoint", label: "Token endpoint", isAddress: true },
  { field: "authorizationEndpoint", label: "Authorization endpoint", isAddress: true },
  { field: "jwksUrl", label: "JWKS URL", isAddress: true },
] as const;

type Value = (typeof VALUES)[number];

function PlatformValue(props: Value & { fields: Fields; guide: PlatformGuide }) {
  const { field, label, isAddress } = props;
  const words = props.guide.fields[field];
  const isRenamed = words?.label !== undefined && words.label !== label;
  const hint = [isRenamed && `in LTI terms: ${label}`, words?.hint].filter(Boolean);
  return (
    <TextField
      field={props.fields[field]}
      label={words?.label ?? label}
      hint={hint.join("; ") || undefined}
      placeholder={words?.placeholder ?? (isAddress ? "https://" : undefined)}
      inputMode={isAddress ? "url" : undefined}
      spellCheck={false}
      autoComplete="off"
    />
  );
}

export function ClientIdField({ fields, guide }: Pick<Props, "fields" | "guide">) {
  return <PlatformValue {...VALUES[1]} fields={fields} guide={guide} />;
}

export function DeploymentIdsField({ form, fields, guide }: Props) {
  const words = guide.fields.deploymentIds;
  return (
    <ListField
      form={form}
      field={fields.deploymentIds}
      label={words?.label ?? "Deployment IDs"}
      entry="deployment ID"
      addLabel="Add a deployment ID"
      hint={[words?.hint, "may be left out: the first launch names it"].filter(Boolean).join("; ")}
      placeholder={words?.placeholder}
    />
  );
}
