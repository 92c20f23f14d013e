import type { FieldMetadata } from "@conform-to/react";
import { SwitchField } from "#components/forms/switch-field.tsx";
import { TextField } from "#components/forms/text-field.tsx";
import { Disclosure } from "#components/ui/disclosure.tsx";
import type { ProfileOverrides } from "#lib/operations/schemas/registrations.ts";

/** Departures from what the platform profile says about limits. */
export function OverrideFields(props: {
  overrides: FieldMetadata<ProfileOverrides>;
  isCanvas: boolean;
}) {
  const fields = props.overrides.getFieldset();
  const isOpen = Object.values(fields).some((field) => field.initialValue !== undefined);
  return (
    <Disclosure summary="Limits of this platform" isOpen={isOpen}>
      <div className="grid gap-4 sm:grid-cols-3">
        <TextField
          field={fields.pageLimit}
          label="Members per page"
          type="number"
          min={1}
          max={10_000}
          inputMode="numeric"
          isOptional
          hint="the platform may cap it"
        />
        <TextField
          field={fields.scoreConcurrency}
          label="Scores at once"
          type="number"
          min={1}
          max={64}
          inputMode="numeric"
          isOptional
          hint="more than the platform’s workers only wait"
        />
        <TextField
          field={fields.timestampStepMs}
          label="Timestamp step"
          type="number"
          min={1}
          max={60_000}
          inputMode="numeric"
          isOptional
          hint="milliseconds between two scores of one person"
        />
      </div>
      {props.isCanvas && (
        <div className="mt-4">
          <SwitchField
            field={fields.canvasNewSubmission}
            label="Every score is a new submission attempt"
            hint="Canvas then moves the submission time and may mark it late."
          />
        </div>
      )}
    </Disclosure>
  );
}
