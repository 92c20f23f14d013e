"use client";

import Link from "next/link";
import { useState } from "react";
import type { FormAction } from "#components/forms/form-state.ts";
import { ListField } from "#components/forms/fields/list-field.tsx";
import { SelectField, type Option } from "#components/forms/fields/select-field.tsx";
import { ServerForm } from "#components/forms/server-form.tsx";
import { SubmitButton } from "#components/forms/acts/submit-button.tsx";
import { SwitchField } from "#components/forms/fields/switch-field.tsx";
import { TextField } from "#components/forms/fields/text-field.tsx";
import { VersionField } from "#components/forms/drafts/version-conflict.tsx";
import { useServerForm } from "#components/forms/use-server-form.ts";
import { useIsHydrated } from "#components/live/time/clock.tsx";
import { KIND_WORDS } from "#components/runs/kind-words.ts";
import { Button } from "#components/ui/buttons/button.tsx";
import { OTHER, PRESETS, spreadsWith } from "./cron-words.ts";
import { NextTimes } from "./next-times.tsx";
import { ZoneField } from "./zone-field.tsx";

export type ScheduleValues = {
  kind: string;
  preset: string;
  cron: string;
  timeZone: string;
  jitterSeconds: string;
  blackouts: string[];
  isEnabled: boolean;
};

const KINDS: Option[] = Object.entries(KIND_WORDS).map(([value, { scheduleOption }]) => ({
  value,
  label: scheduleOption,
}));

const LABELS = {
  kind: "What",
  cron: "Cron expression",
  timeZone: "Time zone",
  jitterSeconds: "Spread the starts (seconds)",
  isEnabled: "Enabled",
};

export function ScheduleForm(props: {
  action: FormAction;
  defaultValue: ScheduleValues;
  /** Hidden fields: what it is of. */
  target: Record<string, string>;
  /** Of what is edited. */
  version?: string;
  zones: string[];
  /** Begin with the zone of who reads this. */
  zoneIsReaders?: boolean;
  submitLabel: string;
  cancelHref: string;
}) {
  const { defaultValue } = props;
  const { form, fields, state, submit } = useServerForm<ScheduleValues>(
    props.action,
    { ...defaultValue, isEnabled: defaultValue.isEnabled ? "on" : "" },
    "schedule",
  );
  // Without JavaScript the field stays, and counts where another time is chosen.
  const isHydrated = useIsHydrated();
  const [preset, setPreset] = useState(defaultValue.preset);
  return (
    <ServerForm form={form} state={state} submit={submit} className="max-w-2xl space-y-5">
      {Object.entries(props.target).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {props.version && <VersionField version={props.version} state={state} labels={LABELS} />}
      <div className="grid gap-4 sm:grid-cols-2">
        <SelectField field={fields.kind} label="What" options={KINDS} />
        <SelectField
          field={fields.preset}
          label="When"
          options={[...PRESETS, { value: OTHER, label: "Another time (cron)" }]}
          onChoose={setPreset}
        />
        <TextField
          field={fields.cron}
          label="Cron expression"
          hint="minute, hour, day of month, month, day of week: 30 1 * * 1-5"
          className={isHydrated && preset !== OTHER ? "hidden" : undefined}
          autoComplete="off"
          spellCheck={false}
          isOptional
        />
        <ZoneField field={fields.timeZone} zones={props.zones} isReaders={props.zoneIsReaders} />
        <SelectField
          field={fields.jitterSeconds}
          label="Spread the starts"
          hint="so that many courses do not ask the platform in the same second"
          options={spreadsWith(Number(defaultValue.jitterSeconds))}
        />
      </div>
      <ListField
        form={form}
        field={fields.blackouts}
        label="Blackouts"
        entry="blackout"
        addLabel="Add a blackout"
        hint="nothing starts within: Mon-Fri 08:00-18:00, Sat, Sun 22:00-06:00 over midnight, or dates such as exam weeks: 2026-12-19 to 2027-01-06"
        placeholder="Mon-Fri 08:00-18:00"
      />
      <NextTimes
        initial={{
          cron: defaultValue.preset === OTHER ? defaultValue.cron : defaultValue.preset,
          timeZone: defaultValue.timeZone,
          blackouts: defaultValue.blackouts.join("; "),
        }}
      />
      <SwitchField field={fields.isEnabled} label="Enabled" />
      <div className="flex flex-wrap gap-2 border-t pt-4">
        <SubmitButton>{props.submitLabel}</SubmitButton>
        <Button asChild look="quiet">
          <Link href={props.cancelHref}>Cancel</Link>
        </Button>
      </div>
    </ServerForm>
  );
}
