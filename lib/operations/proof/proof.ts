import { actorName } from "#lib/auth/actor.ts";

import { notify } from "#lib/db/changes.ts";
import { transaction, type Db } from "#lib/db/client.ts";
import * as stored from "#lib/db/proof/differences.ts";
import { proofCounts } from "#lib/db/proof/counts.ts";
import { audit } from "../audit/trail.ts";
import type { Asker, Caller } from "../caller.ts";
import { permit, seesNames } from "../permit.ts";
import { requiredCourse } from "../courses/courses.ts";
import { decodeCursor, encodeCursor, pageFrom } from "../lists/cursor.ts";
import { NotPermitted } from "../errors.ts";
import type { Page } from "../fields.ts";
import { courseTarget } from "../runs/targets.ts";
import { startGradeSync } from "../scores/push/store-scores.ts";
import { validated } from "../validated.ts";
import { PROOF_ADVICE } from "./cause-words.ts";
import {
  DifferenceFilter,
  ProofDecision,
  type CourseProof,
  type DifferenceView,
  type ProofDecided,
} from "./schema.ts";

type CourseId = { courseId: string };

/** How many of a course's scores the platform was seen to hold as we say. */
export async function getCourseProof(asker: Asker, { courseId }: CourseId): Promise<CourseProof> {
  const caller = await permit(asker, "read", { courseId });
  const course = await requiredCourse(caller.db, courseId);
  const { provedAt, ...counts } = await proofCounts(caller.db, course.id);
  return { ...counts, provedAt: provedAt?.toISOString() ?? null };
}

/**
 * By column and person.
 *
 * @throws NotPermitted  a search by text, by who does not see names: it would find them out
 */
export async function listDifferences(
  asker: Asker,
  { courseId, ...filter }: CourseId & Partial<Omit<DifferenceFilter, "left">> & { left?: unknown },
): Promise<Page<DifferenceView>> {
  const caller = await permit(asker, "read", { courseId });
  const { cursor, limit, ...conditions } = validated(DifferenceFilter, filter);
  const names = seesNames(caller.actor);
  if (!names && conditions.q !== undefined) throw new NotPermitted("read:names");
  const course = await requiredCourse(caller.db, courseId);
  const after = decodeCursor(cursor, ["text", "text", "text"]);
  const query = { ...conditions, courseId: course.id, after, limit: limit + 1 };
  const { rows, total } = await stored.listDifferences(caller.db, query);
  const nextCursor = (row: stored.DifferenceRow) =>
    encodeCursor([row.lineItemLabel, row.userId, row.id]);
  return pageFrom({ rows, limit, total, nextCursor, view: (row) => viewOf(row, names) });
}

/**
 * Decides about differences: ours are sent again, the platform's values become ours, or they stay
 * as they are. What was dealt with meanwhile is left alone.
 *
 * @throws Conflict  ours were to be sent, and the course or its registration is archived
 */
export async function decideDifferences(
  asker: Asker,
  { courseId, ...input }: CourseId & ProofDecision,
): Promise<ProofDecided> {
  const caller = await permit(asker, "scores:write", { courseId });
  const { act, scoreIds, matching, send } = validated(ProofDecision, input);
  return transaction(caller.db, async (tx) => {
    const course = await requiredCourse(tx, courseId);
    const ids = await stored.lockDifferences(tx, { courseId: course.id, scoreIds, ...matching });
    await actOn(tx, caller, { act, ids, registrationId: course.registrationId });
    const starts = act === "send" && send && ids.length > 0;
    if (starts) await courseTarget(tx, course.id, "grade_sync");
    const runId = starts ? await startGradeSync(tx, caller, course) : null;
    await audit(tx, caller, {
      action: "scores.decide_differences",
      object: "course",
      objectId: course.id,
      detail: { act, decided: ids.length, runId },
    });
    await notify(tx, { courseId: course.id, registrationId: course.registrationId });
    return { decided: ids.length, runId };
  });
}

async function actOn(
  tx: Db,
  caller: Caller,
  {
    act,
    ids,
    registrationId,
  }: { act: ProofDecision["act"]; ids: string[]; registrationId: string },
): Promise<void> {
  if (act === "take") return stored.takeDifferences(tx, ids);
  if (act === "leave") return stored.leaveDifferences(tx, ids, actorName(caller.actor));
  const { profile } = await caller.engine.loadRegistration(registrationId);
  return stored.sendDifferences(tx, ids, profile.timestampStepMs);
}

function viewOf(row: stored.DifferenceRow, names: boolean): DifferenceView {
  const { title, cause: explanation, fix } = PROOF_ADVICE[row.cause];
  return {
    id: row.id,
    scoreId: row.scoreId,
    lineItemId: row.lineItemId,
    lineItemLabel: row.lineItemLabel,
    userId: row.userId,
    name: names ? row.name : null,
    finding: row.finding,
    cause: row.cause,
    ours: { score: row.ourScore, maximum: row.ourMaximum },
    platforms: { score: row.platformScore, maximum: row.platformMaximum },
    title,
    explanation,
    fix,
    leftBy: row.leftBy,
    seenAt: row.seenAt.toISOString(),
  };
}
