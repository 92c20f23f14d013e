import type { CourseRow } from "#lib/db/courses/course-row.ts";
import { formatCount, plural } from "#lib/format.ts";
import { contextAddresses, isOffered } from "#lib/lti/index.ts";
import { spokenWords } from "#lib/advice/spoken-words.ts";
import { syncBlockView } from "../system/sync-block.ts";
import { versionOf } from "../version.ts";
import type { CourseChange, CourseSettings, CourseView, KeptProof } from "./schema.ts";

export function courseView(row: CourseRow): CourseView {
  const { pending, sending, sent, skipped, rejected, conflict } = row;
  return {
    id: row.id,
    version: versionOf(courseFields(row)),
    settingsVersion: versionOf(courseSettings(row)),
    registrationId: row.registrationId,
    registrationName: row.registrationName,
    platform: row.platform,
    deploymentId: row.deploymentId,
    contextId: row.contextId,
    title: row.title,
    label: row.label,
    ...contextAddresses(row),
    scopes: row.scopes,
    offersMemberships: isOffered(row, "memberships"),
    offersGrades: row.offersGrades,
    memberCount: row.rosterMemberCount,
    rosterSyncedAt: row.rosterSyncedAt?.toISOString() ?? null,
    scores: { pending, sending, sent, skipped, rejected, conflict },
    proof: keptProof(row),
    health: row.health,
    healthReason: reasonOf(row),
    lastRosterProblem: rosterProblem(row),
    activeRunId: row.activeRunId,
    sendingRunId: row.sendingRunId,
    syncBlock: syncBlockView(row),
    dropsAllowedUntil: row.dropsAllowedUntil?.toISOString() ?? null,
    ...courseSettings(row),
    pausedAt: row.pausedAt?.toISOString() ?? null,
    pausedBy: row.pausedBy,
    archivedAt: row.archivedAt?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
  };
}

/** What of a course can be edited. */
export function courseFields(course: CourseChange): CourseChange {
  const { deploymentId, contextId, title, label, scopes } = course;
  return { deploymentId, contextId, title, label, ...contextAddresses(course), scopes };
}

/** How its scores are sent. */
export function courseSettings(row: CourseRow): CourseSettings {
  const { sendPolicy, conflictPolicy, notFullyGraded, sendUnchanged } = row;
  const verifyAfterSend =
    row.verifyAfterSend === null ? "profile" : row.verifyAfterSend ? "always" : "never";
  return { sendPolicy, conflictPolicy, notFullyGraded, sendUnchanged, verifyAfterSend };
}

/** The settings as the course's row keeps them. */
export function settingsColumns({ verifyAfterSend, ...settings }: CourseSettings) {
  const verifies = { profile: null, always: true, never: false };
  return { ...settings, verifyAfterSend: verifies[verifyAfterSend] };
}

/** How much of a course is proven, or of courses summed; null before the first verification. */
export function keptProof(
  row: Record<"proofTotal" | "proofSame" | "proofOpen" | "proofForeign", number> & {
    provedAt: Date | null;
  },
): KeptProof | null {
  if (row.provedAt === null) return null;
  return {
    total: row.proofTotal,
    proven: row.proofSame,
    open: row.proofOpen,
    notOurs: row.proofForeign,
    provedAt: row.provedAt.toISOString(),
  };
}

function rosterProblem(row: CourseRow): CourseView["lastRosterProblem"] {
  if (row.rosterErrorCode === null) return null;
  const problem = { code: row.rosterErrorCode, message: row.rosterErrorMessage ?? "" };
  return row.rosterErrorDetail ? { ...problem, detail: row.rosterErrorDetail } : problem;
}

function reasonOf(row: CourseRow): string | null {
  switch (row.healthReason) {
    case "paused":
      return `by ${row.pausedBy}`;
    case "registration_paused":
      return "its registration is paused";
    case "roster_failed":
      return withWords("the last roster sync failed", row.rosterErrorMessage);
    case "roster_held":
      return "removals wait for a decision";
    case "grades_failed":
      return withWords("the last grade sync failed", row.gradesErrorMessage);
    case "grades_partly":
      return `the last grade sync left ${row.gradesFailed === null ? "some scores" : plural(row.gradesFailed, "score")} unsent`;
    case "not_as_sent":
      return `${row.proofOpen} of ${plural(row.proofTotal, "score")} are not on the platform as sent`;
    case "retrying":
      return withWords("waiting to try again", row.waitReason);
    case "roster_stale":
      return `the last complete roster is from ${row.rosterSyncedAt?.toISOString().slice(0, 10)}`;
    case "healthy":
      return provenWords(row);
    default:
      return null;
  }
}

/** `1,998 of 2,000 proven`; null where nothing was verified yet. */
export function provenWords(row: Parameters<typeof keptProof>[0]): string | null {
  const proof = keptProof(row);
  return proof && `${formatCount(proof.proven)} of ${formatCount(proof.total)} proven`;
}

function withWords(what: string, words: string | null): string {
  return words ? `${what}: ${spokenWords(words)}` : what;
}
