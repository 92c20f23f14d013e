import type { FieldMetadata, FormMetadata } from "@conform-to/react";
import { SelectField } from "#components/forms/fields/select-field.tsx";
import { Disclosure } from "#components/ui/boxes/disclosure.tsx";
import type { AssertionTyp, RegistrationInput } from "#lib/operations/registrations/schema.ts";
import { AudienceField } from "./audience-field.tsx";
import type { PlatformGuide } from "#lib/platforms/index.ts";

const TYPES: { value: AssertionTyp; label: string }[] = [
  { value: "JWT", label: "JWT, as LTI platforms expect" },
  { value: "client-authentication+jwt", label: "client-authentication+jwt (RFC 10070)" },
];

/** How our request for an access token is signed; open where the platform departs from the usual. */
export function AssertionFields(props: {
  form: FormMetadata<RegistrationInput>;
  fields: {
    audience: FieldMetadata<RegistrationInput["audience"]>;
    audienceValues: FieldMetadata<string[]>;
    assertionTyp: FieldMetadata<RegistrationInput["assertionTyp"]>;
  };
  guide: PlatformGuide;
}) {
  const { audience, audienceValues, assertionTyp } = props.fields;
  const isUnusual =
    (audience.initialValue ?? "token_endpoint") !== "token_endpoint" ||
    (assertionTyp.initialValue ?? "JWT") !== "JWT";
  const isWrong = [audience, audienceValues, assertionTyp].some(({ errors }) => errors?.length);
  return (
    <Disclosure summary="Client assertion" isOpen={isUnusual || isWrong}>
      <div className="space-y-4">
        <AudienceField
          form={props.form}
          audience={audience}
          values={audienceValues}
          why={props.guide.audience?.why}
        />
        <SelectField
          field={assertionTyp}
          label="Type of the assertion"
          hint="the typ of its header; the newer one takes the issuer as its only audience"
          options={TYPES}
        />
      </div>
    </Disclosure>
  );
}
