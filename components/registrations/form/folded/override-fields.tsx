import type { FieldMetadata } from "@conform-to/react";
import { SelectField } from "#components/forms/fields/select-field.tsx";
import { TextField } from "#components/forms/fields/text-field.tsx";
import { Disclosure } from "#components/ui/boxes/disclosure.tsx";
import type { PlatformLimits } from "#lib/operations/registrations/platform-facts.ts";
import type { ProfileOverrides } from "#lib/platforms/profile.ts";

const NUMBERS = [
  {
    name: "pageLimit",
    label: "Members per page",
    hint: "the platform may cap it",
    min: 1,
    max: 10_000,
  },
  {
    name: "scoreConcurrency",
    label: "Scores at once",
    hint: "beyond the platform’s own workers more only wait",
    min: 1,
    max: 32,
  },
  {
    name: "timestampStepMs",
    label: "Timestamp step in ms",
    hint: "least distance between two scores of one person",
    min: 1,
    max: 60_000,
  },
  {
    name: "assertionBackdateS",
    label: "Assertions backdated by seconds",
    hint: "for a platform whose clock gives no leeway",
    min: 0,
    max: 60,
  },
] as const;

const CHOICES = [
  { name: "wipesUnlessFullyGraded", label: "Wipes the grade unless fully graded" },
  { name: "makesSubmissions", label: "Takes Canvas’s submission extension" },
  { name: "newSubmission", label: "Each score is a new submission attempt" },
] as const;

/** Departures from the platform's profile; an empty field keeps what the profile says. */
export function OverrideFields(props: {
  overrides: FieldMetadata<ProfileOverrides>;
  limits: PlatformLimits;
}) {
  const fields = props.overrides.getFieldset();
  const isOpen = Object.values(fields).some((field) => field.initialValue || field.errors);
  return (
    <Disclosure summary="Limits of this platform" isOpen={isOpen}>
      <div className="grid items-start gap-4 sm:grid-cols-2 xl:grid-cols-3">
        {NUMBERS.map(({ name, label, hint, min, max }) => (
          <TextField
            key={name}
            field={fields[name]}
            label={label}
            hint={hint}
            type="number"
            min={min}
            max={max}
            inputMode="numeric"
            placeholder={String(props.limits[name])}
            isOptional
          />
        ))}
        {CHOICES.map(({ name, label }) => (
          <SelectField
            key={name}
            field={fields[name]}
            label={label}
            placeholder={`As the profile says: ${props.limits[name] ? "yes" : "no"}`}
            options={[
              { value: "yes", label: "Yes" },
              { value: "no", label: "No" },
            ]}
            isOptional
          />
        ))}
      </div>
    </Disclosure>
  );
}
