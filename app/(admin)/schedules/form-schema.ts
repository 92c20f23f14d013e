import { z } from "zod";
import { OTHER, PRESETS } from "#components/schedules/cron-words.ts";
import type { ScheduleValues } from "#components/schedules/schedule-form.tsx";
import { formatBlackout } from "#lib/format.ts";
import { RunKind } from "#lib/operations/runs/schema.ts";
import { readBlackout } from "#lib/operations/schedules/blackout-text.ts";
import type { ScheduleChange, ScheduleView } from "#lib/operations/schedules/schema.ts";

/** As it is typed: a preset or a cron expression, and blackouts as text. */
export const ScheduleForm = z.object({
  kind: RunKind,
  preset: z.string(),
  cron: z.string().default(""),
  timeZone: z.string(),
  jitterSeconds: z.coerce.number().int(),
  blackouts: z.array(z.string().transform(readBlackout)).default([]),
  isEnabled: z.boolean().default(false),
});
type ScheduleForm = z.output<typeof ScheduleForm>;

export function scheduleOf(typed: ScheduleForm): ScheduleChange {
  const { kind, timeZone, jitterSeconds, blackouts, isEnabled, preset } = typed;
  const cron = preset === OTHER ? typed.cron : preset;
  return { kind, cron, timeZone, jitterSeconds, blackouts, isEnabled };
}

export function valuesOf(schedule: ScheduleView): ScheduleValues {
  const { kind, cron, timeZone, jitterSeconds, blackouts, isEnabled } = schedule;
  const isPreset = PRESETS.some(({ value }) => value === cron);
  return {
    kind,
    preset: isPreset ? cron : OTHER,
    cron,
    timeZone,
    jitterSeconds: String(jitterSeconds),
    blackouts: blackouts.map(formatBlackout),
    isEnabled,
  };
}

/** Every zone the runtime knows, with the one that is stored. */
export function zonesWith(stored: string): string[] {
  return [...new Set(["UTC", stored, ...Intl.supportedValuesOf("timeZone")])];
}

export function localZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}
