import { formatDateTime, formatHour } from "#lib/format.ts";
import type { ActivityPeriod } from "#lib/operations/overview/activity-schema.ts";

export const PERIODS: Record<ActivityPeriod, { short: string; long: string; before: string }> = {
  "24h": { short: "24 h", long: "the last 24 hours", before: "the 24 hours before" },
  "7d": { short: "7 d", long: "the last 7 days", before: "the 7 days before" },
  "30d": { short: "30 d", long: "the last 30 days", before: "the 30 days before" },
};

export function periodOf(asked: string | null): ActivityPeriod {
  return asked !== null && asked in PERIODS ? (asked as ActivityPeriod) : "24h";
}

/** A step by its beginning, as fine as the steps are. */
export function stepWords(at: string, period: ActivityPeriod, zone?: string): string {
  return period === "24h" ? formatHour(at, zone) : formatDateTime(at, zone);
}
