export type Preset = { value: string; label: string };

/** What most schedules are; anything else is typed. */
export const PRESETS: Preset[] = [
  { value: "0 2 * * *", label: "Every night at 02:00" },
  { value: "0 5 * * *", label: "Every morning at 05:00" },
  { value: "0 * * * 1-5", label: "Every hour, Monday to Friday" },
  { value: "*/15 * * * 1-5", label: "Every 15 minutes, Monday to Friday" },
  { value: "0 3 * * 0", label: "Every Sunday at 03:00" },
];

export const OTHER = "other";

export function cronWords(cron: string): string {
  return PRESETS.find(({ value }) => value === cron)?.label ?? cron;
}

const SPREADS: Preset[] = [
  { value: "0", label: "At once" },
  { value: "300", label: "Over 5 minutes" },
  { value: "900", label: "Over 15 minutes" },
  { value: "1800", label: "Over 30 minutes" },
  { value: "3600", label: "Over an hour" },
];

/** The choices for a spread, with the stored one where it is another. */
export function spreadsWith(seconds: number): Preset[] {
  if (SPREADS.some(({ value }) => Number(value) === seconds)) return SPREADS;
  return [...SPREADS, { value: String(seconds), label: `Over ${Math.ceil(seconds / 60)} minutes` }];
}
