import { listAuditEntries } from "#lib/operations/audit/record.ts";
import type { Caller } from "#lib/operations/caller.ts";
import { listCourses } from "#lib/operations/courses/courses.ts";
import { encodeCursor } from "#lib/operations/lists/cursor.ts";
import { listHolds } from "#lib/operations/holds/holds.ts";
import { listMembers } from "#lib/operations/rosters/members.ts";
import { getOverview } from "#lib/operations/overview/overview.ts";
import { listRegistrations } from "#lib/operations/registrations/registrations.ts";
import { listOutcomes, listRuns } from "#lib/operations/runs/runs.ts";
import { listScores } from "#lib/operations/scores/scores.ts";
import { otherCourseOfLineItem } from "#lib/db/line-items/line-items.ts";
import type { Call } from "./timed.ts";

const NOBODY = "00000000-0000-7000-8000-000000000000";

/** Every list page, by name. */
export async function listCalls(caller: Caller): Promise<Record<string, Call>> {
  return {
    overview: () => getOverview(caller),
    ...(await runCalls(caller)),
    ...(await courseCalls(caller)),
    ...(await memberCalls(caller)),
    "holds, first page": () => listHolds(caller, {}),
    ...(await auditCalls(caller)),
  };
}

async function runCalls(caller: Caller): Promise<Record<string, Call>> {
  const { prisma } = caller.db;
  const middle = await prisma.run.findFirstOrThrow({
    orderBy: { createdAt: "desc" },
    skip: Math.floor((await prisma.run.count()) / 2),
  });
  const deep = encodeCursor(["-createdAt", middle.createdAt.toISOString(), middle.id]);
  const [large, , , , small] = await prisma.registration.findMany({
    orderBy: { name: "asc" },
    take: 5,
  });
  const registrationId = large!.id;
  const courseId = (await courseNumber(caller, 1)).id;
  return {
    "runs, first page": () => listRuns(caller, {}),
    "runs, a page in the middle": () => listRuns(caller, { cursor: deep }),
    "runs, failed": () => listRuns(caller, { state: ["failed"] }),
    "runs, queued or running": () => listRuns(caller, { state: ["queued", "running"] }),
    "runs, grade syncs": () => listRuns(caller, { kind: "grade_sync" }),
    "runs, failed grade syncs in the middle": () =>
      listRuns(caller, { kind: "grade_sync", state: ["failed"], cursor: deep }),
    "runs of the largest registration": () => listRuns(caller, { registrationId }),
    "runs of it, failed roster syncs": () =>
      listRuns(caller, { registrationId, kind: "roster_sync", state: ["failed"] }),
    "runs of a small registration": () => listRuns(caller, { registrationId: small!.id }),
    "runs of a course": () => listRuns(caller, { courseId }),
    "runs, the longest": () => listRuns(caller, { sort: "-took" }),
    "runs, the last to end": () => listRuns(caller, { sort: "-finishedAt" }),
    "runs of an error": () => listRuns(caller, { errorCode: "lti.token_refused" }),
    "runs, text that many have": () => listRuns(caller, { q: "a" }),
    "runs, text that few have": () => listRuns(caller, { q: "course 8f14e" }),
    ...(await outcomeCalls(caller)),
  };
}

const largestRun = async ({ db }: Caller) =>
  (
    await db.prisma.run.findFirstOrThrow({
      orderBy: { createdAt: "asc" },
      where: { kind: "grade_sync" },
    })
  ).id;

async function outcomeCalls(caller: Caller): Promise<Record<string, Call>> {
  const runId = await largestRun(caller);
  const last = await caller.db.prisma.scoreOutcome.findFirstOrThrow({
    where: { runId },
    orderBy: { id: "desc" },
  });
  return {
    "outcomes of the largest run": () => listOutcomes(caller, { runId }),
    "outcomes of it, its end": () =>
      listOutcomes(caller, { runId, cursor: encodeCursor([String(last.id - 60n)]) }),
    "outcomes of it, rejected": () => listOutcomes(caller, { runId, kind: "rejected" }),
  };
}

const courseNumber = ({ db }: Caller, number: number) =>
  db.prisma.course.findFirstOrThrow({ where: { contextId: `context-${number}` } });

async function courseCalls(caller: Caller): Promise<Record<string, Call>> {
  const course = await courseNumber(caller, 1);
  const { registrationId } = course;
  const line = await caller.db.prisma.lineItem.findFirstOrThrow({ where: { courseId: course.id } });
  return {
    "courses, first page": () => listCourses(caller, {}),
    "courses, a page in the middle": () =>
      listCourses(caller, { cursor: encodeCursor(["title", "Course 8", NOBODY]) }),
    "courses, text": () => listCourses(caller, { q: "abc" }),
    "courses of the largest registration": () => listCourses(caller, { registrationId }),
    "courses, degraded": () => listCourses(caller, { health: "degraded" }),
    "courses, healthy": () => listCourses(caller, { health: "healthy" }),
    "courses, scores waiting": () => listCourses(caller, { waiting: "scores" }),
    "courses, roster stale": () => listCourses(caller, { waiting: "roster" }),
    "registrations, first page": () => listRegistrations(caller, {}),
    "a line item by its URL": () => otherCourseOfLineItem(caller.db, course, line.url),
    "scores of a course": () => listScores(caller, { courseId: course.id }),
  };
}

async function memberCalls(caller: Caller): Promise<Record<string, Call>> {
  const { id: courseId } = await courseNumber(caller, 1);
  const { id: largest } = await courseNumber(caller, 2);
  const cursor = encodeCursor(["name", "person-5", "person-5"]);
  return {
    "members of a course of 20,000": () => listMembers(caller, { courseId }),
    "members of it, text": () => listMembers(caller, { courseId, q: "abc" }),
    "members of a course of 100,000": () => listMembers(caller, { courseId: largest }),
    "members of that, a page in the middle": () =>
      listMembers(caller, { courseId: largest, cursor }),
    "members of that, text": () => listMembers(caller, { courseId: largest, q: "abc" }),
  };
}

async function auditCalls(caller: Caller): Promise<Record<string, Call>> {
  const objectId = await largestRun(caller);
  return {
    "audit, first page": () => listAuditEntries(caller, {}),
    "audit, by an actor": () => listAuditEntries(caller, { actor: "kim" }),
    "audit, of an object": () => listAuditEntries(caller, { object: "run", objectId }),
    "audit, registrations": () => listAuditEntries(caller, { object: "registration" }),
  };
}
