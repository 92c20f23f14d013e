import type { FormMetadata } from "@conform-to/react";
import type { useServerForm } from "#components/forms/use-server-form.ts";
import type { PlatformLimits } from "#lib/operations/registrations/platform-facts.ts";
import type { RegistrationInput } from "#lib/operations/registrations/schema.ts";
import type { PlatformGuide } from "#lib/platforms/index.ts";
import { AssertionFields } from "./assertion-fields.tsx";
import { OverrideFields } from "./override-fields.tsx";

export type FoldedProps = {
  form: FormMetadata<RegistrationInput>;
  fields: ReturnType<typeof useServerForm<RegistrationInput>>["fields"];
  guide: PlatformGuide;
  limits: PlatformLimits;
};

/** What is rarely touched. */
export function FoldedFields({ limits, ...props }: FoldedProps) {
  return (
    <>
      <AssertionFields {...props} />
      <OverrideFields overrides={props.fields.profileOverrides} limits={limits} />
    </>
  );
}
