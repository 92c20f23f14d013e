"use client";

import type { FormAction } from "#components/forms/form-state.ts";
import { ChoiceField } from "#components/forms/fields/choice-field.tsx";
import { PlainForm } from "#components/forms/plain-form.tsx";
import { SubmitButton } from "#components/forms/acts/submit-button.tsx";
import { TextField } from "#components/forms/fields/text-field.tsx";
import { usePlainForm } from "#components/forms/use-plain-form.ts";
import type { PlatformGuide } from "#lib/platforms/index.ts";
import { Card, CardBody } from "#components/ui/boxes/card.tsx";
import { TextLink } from "#components/ui/buttons/text-link.tsx";

export type Place = { name?: string; environment?: string; site?: string };

/** What the LMS is called here and where it runs: enough to know its addresses. */
export function PlaceForm(props: {
  action: FormAction;
  guide: Pick<PlatformGuide, "profile" | "name" | "environments" | "sitePaths">;
  /** Absent at the first time. */
  draftId?: string;
  place: Place;
}) {
  const { guide } = props;
  const { id, fields, state, submit } = usePlainForm(
    props.action,
    "place",
    ["name", "environment", "site"],
    props.place,
  );
  const isHosted = guide.environments.length > 1;
  return (
    <Card aria-label={guide.name} className="max-w-2xl">
      <CardBody>
        <PlainForm id={id} state={state} submit={submit}>
          <input type="hidden" name="profile" value={guide.profile} />
          {props.draftId && <input type="hidden" name="draftId" value={props.draftId} />}
          <TextField
            field={fields.name}
            label="Name"
            hint="what you call this LMS; only operators see it"
            placeholder={`State University ${guide.profile === "other" ? "LMS" : guide.name}`}
            autoComplete="off"
          />
          <div className="group/place space-y-4">
            {isHosted && (
              <ChoiceField
                field={fields.environment}
                type="radio"
                label={`Which ${guide.name}`}
                choices={[
                  ...guide.environments.map(({ key, name, values }) => ({
                    value: key,
                    label: `Hosted, ${name}`,
                    hint: `issuer ${values.issuer}`,
                  })),
                  { value: "own", label: "Self-hosted", hint: "on an address of your own" },
                ]}
              />
            )}
            {guide.sitePaths && (
              <div
                className={
                  isHosted ? "hidden group-has-[input[value=own]:checked]/place:block" : undefined
                }
              >
                <TextField
                  field={fields.site}
                  label={`Address of your ${guide.name}`}
                  hint="the site’s own address; the others are derived from it"
                  placeholder={`https://${guide.profile}.example.edu`}
                  inputMode="url"
                  spellCheck={false}
                  autoComplete="off"
                  required={!isHosted}
                />
              </div>
            )}
          </div>
          <div className="flex flex-wrap items-center gap-4 border-t pt-4">
            <SubmitButton>Continue</SubmitButton>
            {!props.draftId && <TextLink href="/registrations/new">Another platform</TextLink>}
          </div>
        </PlainForm>
      </CardBody>
    </Card>
  );
}
