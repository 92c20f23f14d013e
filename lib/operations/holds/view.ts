import type { HeldMemberRow, HoldRow } from "#lib/db/holds/list.ts";
import type { HeldMemberView, HoldRule, HoldView } from "./schema.ts";

export function holdView(row: HoldRow, now: Date): HoldView {
  return {
    id: row.id,
    state: row.state,
    rule: row.rule as HoldRule,
    runId: row.runId,
    courseId: row.courseId,
    courseTitle: row.courseTitle,
    registrationId: row.registrationId,
    registrationName: row.registrationName,
    removals: row.removals,
    membersBefore: row.membersBefore,
    applied: { added: row.membersAdded, changed: row.membersChanged },
    similar: row.similar,
    restorable: row.restorable,
    stayed: row.stayed,
    dropsAllowedUntil: stillAhead(row.dropsAllowedUntil, now),
    createdAt: row.createdAt.toISOString(),
    decidedAt: row.decidedAt?.toISOString() ?? null,
    decidedBy: row.decidedBy,
  };
}

export function heldMemberView(row: HeldMemberRow, names: boolean): HeldMemberView {
  return {
    userId: row.userId,
    name: names ? row.name : null,
    email: names ? row.email : null,
    roles: row.roles,
    state: row.state as HeldMemberView["state"],
    firstSeenAt: row.firstSeenAt.toISOString(),
    lastSeenAt: row.lastSeenAt?.toISOString() ?? null,
  };
}

/** What has run out is not shown: the rules hold again by themselves. */
function stillAhead(until: Date | null, now: Date): string | null {
  return until !== null && until > now ? until.toISOString() : null;
}
