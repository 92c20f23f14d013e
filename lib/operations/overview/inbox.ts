import { adviceFor, OWNER_WORDS } from "#lib/advice/index.ts";
import { ROSTER_STALE_AFTER_DAYS } from "#lib/db/courses/health.ts";
import * as stored from "#lib/db/overview/inbox.ts";
import {
  failedVerifications,
  MOST_CAUSES,
  openCauses,
  openConflicts,
  type Cause,
  type ConflictGroup,
} from "#lib/db/overview/overview.ts";
import { plural } from "#lib/format.ts";
import { spokenWords } from "#lib/advice/spoken-words.ts";
import type { Caller } from "../caller.ts";
import { registrationsOf } from "../permit.ts";
import { listSigningKeys } from "../keys/signing-keys.ts";
import type { SigningKeyView } from "../keys/schema.ts";
import type { Attention } from "./overview-schema.ts";

/** Counted one by one elsewhere in the inbox: the run's own error would say the same again. */
const SHOWN_BY_SCORES = new Set(["sync.scores_rejected"]);

export type Inbox = { entries: Attention[]; isCapped: boolean };

/**
 * All that waits for a person: one entry for one cause or one thing to decide, with who acts.
 * Decisions come first, then failures, then what is merely due. Who is limited to registrations
 * is told of these alone, and not of keys, which are everybody's.
 */
export async function inbox(caller: Caller): Promise<Inbox> {
  const { db } = caller;
  const within = registrationsOf(caller.actor);
  const groups = await Promise.all([
    stored.openHolds(db, within),
    stored.pendingApprovals(db, within),
    openConflicts(db, within),
    stored.openDifferences(db, within),
    stored.rejectedScores(db, within),
    openCauses(db, within),
    failedVerifications(db, within),
    stored.staleRosters(db, ROSTER_STALE_AFTER_DAYS, within),
  ]);
  const [holds, pending, conflicts, differing, rejected, causes, unverified, stale] = groups;
  const keys = within ? [] : (await listSigningKeys(caller)).keys;
  const waiting = new Set(
    pending.filter(({ kind }) => kind === "origin").map(({ registrationId }) => registrationId),
  );
  const entries = [
    ...holds.map(holdsEntry),
    ...pending.map((each) => pendingEntry(each, within !== null)),
    ...conflicts.map(conflictsEntry),
    ...differing.map(differencesEntry),
    ...rejected.map(rejectedEntry),
    ...causes.filter((cause) => !isToldOtherwise(cause, waiting)).map(causeEntry),
    ...unverified.filter((cause) => !isToldOtherwise(cause, waiting)).map(unverifiedEntry),
    ...stale.map(staleEntry),
    ...keys.flatMap((key) => keyEntry(key, caller.now())),
  ];
  return { entries, isCapped: groups.some(({ length }) => length >= MOST_OF_A_SORT) };
}

const MOST_OF_A_SORT = Math.min(stored.MOST_GROUPS, MOST_CAUSES);

/** What failed for want of an approval is shown by what waits for it. */
function isToldOtherwise({ code, registrationId }: Cause, waiting: ReadonlySet<string>): boolean {
  if (code === "lti.origin_not_allowed") return waiting.has(registrationId);
  return SHOWN_BY_SCORES.has(code);
}

const YOU = OWNER_WORDS.operator;

function holdsEntry({ removals, holdId, ...group }: stored.OpenHolds): Attention {
  const isOne = group.count === 1;
  return entryOf(group, {
    kind: "hold",
    code: "sync.removals_held",
    title: isOne ? "Removals held" : `${group.count} holds`,
    message: `${plural(removals, "removal")} ${removals === 1 ? "waits" : "wait"} for a decision; everything else was applied`,
    owner: YOU,
    holdId: isOne ? holdId : null,
    path: isOne ? `/holds/${holdId}` : `/holds?registrationId=${group.registrationId}`,
  });
}

function pendingEntry(
  { kind, id, label, since, ...registration }: stored.Pending,
  isLimited: boolean,
): Attention {
  const path = `/registrations/${registration.registrationId}`;
  const entry = { ...NOTHING, ...registration, since: since.toISOString(), owner: YOU };
  switch (kind) {
    case "registration":
      return {
        ...entry,
        kind: "pending_registration",
        code: "registration.pending",
        title: "An LMS registered itself",
        message: `${label} waits for your approval; until then nothing is launched or synced`,
        // The list of those that wait is for who may see all registrations.
        path: isLimited ? path : "/registrations/pending",
      };
    case "deployment":
      return {
        ...entry,
        kind: "pending_deployment",
        code: "deployment.pending",
        title: "A deployment is not approved",
        message: `launches from ${label} are turned away until it is approved`,
        deploymentId: id,
        path,
      };
    case "origin":
      return {
        ...entry,
        kind: "pending_origin",
        code: "service_origin.pending",
        title: "A service address is not approved",
        message: `no access token is sent to ${label} until an admin approves it`,
        owner: "An admin of this Rollbook",
        originId: id,
        path,
      };
  }
}

function conflictsEntry({ scores, ...group }: ConflictGroup): Attention {
  return entryOf(
    { ...group, count: scores, courseTitle: null },
    {
      kind: "conflict",
      code: "sync.changed_on_platform",
      title: "Grades changed on the platform",
      message: `${plural(scores, "score")} ${scores === 1 ? "waits" : "wait"} for a decision`,
      owner: YOU,
      path:
        group.courses === 1
          ? `/courses/${group.courseId}/grades?state=conflict`
          : `/runs/${group.runId}`,
      runId: group.runId,
    },
  );
}

function differencesEntry(group: stored.WaitingGroup): Attention {
  const most = group.courses === 1 ? "" : `; most of them in ${group.courseTitle}`;
  return entryOf(group, {
    kind: "difference",
    code: "sync.not_as_sent",
    title: "Grades are not as sent",
    message: `the platform does not show ${plural(group.count, "score")} as sent${most}`,
    owner: YOU,
    path: `/courses/${group.courseId}/proof`,
  });
}

function rejectedEntry({ code, message, runId, ...group }: stored.UnwellScores): Attention {
  return entryOf(group, {
    kind: "rejected",
    code,
    title: `${plural(group.count, "score")} rejected`,
    message: spokenWords(message),
    owner: titleOf(code).owner,
    runId,
    path:
      group.courses === 1 || runId === null
        ? `/courses/${group.courseId}/grades?state=rejected`
        : `/runs/${runId}`,
  });
}

function causeEntry(cause: Cause): Attention {
  const { code, message, runId, ...group } = cause;
  return entryOf(
    { ...group, count: cause.courses, courseId: null, courseTitle: null },
    {
      kind: "failure",
      code,
      ...titleOf(code),
      message: spokenWords(message),
      runId,
      path: `/runs/${runId}`,
    },
  );
}

function unverifiedEntry(cause: Cause): Attention {
  const entry = causeEntry(cause);
  const title = `Grades not verified: ${entry.title.charAt(0).toLowerCase()}${entry.title.slice(1)}`;
  return { ...entry, kind: "unverified", title };
}

function staleEntry(group: stored.WaitingGroup): Attention {
  return entryOf(group, {
    kind: "stale",
    code: "roster.stale",
    title: "Rosters not read lately",
    message: `no roster for ${ROSTER_STALE_AFTER_DAYS} days: sync them now, or give them a schedule`,
    owner: YOU,
    path: `/courses?waiting=roster&registrationId=${group.registrationId}`,
  });
}

function keyEntry({ state, mayChangeAt, createdAt }: SigningKeyView, now: Date): Attention[] {
  if (mayChangeAt === null || new Date(mayChangeAt) > now) return [];
  const isNext = state === "next";
  return [
    {
      ...NOTHING,
      kind: "key",
      code: isNext ? "key.may_sign" : "key.may_retire",
      title: isNext ? "The next signing key can sign" : "An old signing key can be retired",
      message: isNext
        ? "platforms have had time to read it; the rotation is half done"
        : "what it signed is long over, and it is still published",
      owner: YOU,
      path: "/settings/keys",
      since: createdAt,
    },
  ];
}

const NOTHING = {
  registrationId: null,
  registrationName: null,
  courses: 0,
  courseId: null,
  courseTitle: null,
  runId: null,
  holdId: null,
  deploymentId: null,
  originId: null,
  count: 1,
};

type Group = Omit<stored.WaitingGroup, "courseId" | "courseTitle"> & {
  courseId: string | null;
  courseTitle: string | null;
};
type Facts = Pick<Attention, "kind" | "code" | "title" | "message" | "owner" | "path"> &
  Partial<Pick<Attention, "runId" | "holdId">>;

function entryOf(group: Group, facts: Facts): Attention {
  const isOne = group.courses === 1;
  return {
    ...NOTHING,
    registrationId: group.registrationId,
    registrationName: group.registrationName,
    count: group.count,
    courses: group.courses,
    courseId: isOne ? group.courseId : null,
    courseTitle: isOne ? group.courseTitle : null,
    since: group.since.toISOString(),
    ...facts,
  };
}

function titleOf(code: string): { title: string; owner: string } {
  const { title, owner } = adviceFor(code);
  return { title, owner: OWNER_WORDS[owner] };
}
