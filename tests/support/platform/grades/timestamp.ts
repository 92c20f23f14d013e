/** A moment kept exactly: whole milliseconds, and the digits that follow them. */
export type Moment = { ms: number; finer: string };

const zonedWithFraction = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.(\d+)(?:Z|[+-]\d{2}:\d{2})$/;
const zoned = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})$/;

/** Undefined unless ISO 8601 with a zone and a fraction of a second (AGS §3.4.9). */
export function parseMoment(timestamp: unknown): Moment | undefined {
  const match = typeof timestamp === "string" ? zonedWithFraction.exec(timestamp) : null;
  const ms = match ? Date.parse(match[0]) : NaN;
  if (Number.isNaN(ms)) return undefined;
  return { ms, finer: (match?.[1] ?? "").slice(3).replace(/0+$/, "") };
}

export function isZonedDateTime(value: unknown): value is string {
  return typeof value === "string" && zoned.test(value) && !Number.isNaN(Date.parse(value));
}

export function isLater(moment: Moment, than: Moment): boolean {
  return moment.ms === than.ms ? moment.finer > than.finer : moment.ms > than.ms;
}

/** What a platform that stores whole seconds keeps of it. */
export function wholeSecond(moment: Moment): Moment {
  return { ms: Math.floor(moment.ms / 1000) * 1000, finer: "" };
}
