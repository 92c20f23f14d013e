import type { AuditEntry } from "#lib/db/generated/client.ts";
import { withoutLaunchName } from "../launches/record/launcher-name.ts";

/** An entry for the log: without its detail and without names of people in an LMS. */
export function auditLine(entry: AuditEntry): Record<string, unknown> {
  const { id, at, detail: _, ...said } = entry;
  return {
    id: id.toString(),
    at: at.toISOString(),
    ...said,
    actor: withoutLaunchName(entry.actor),
  };
}
