import { describe, expect, test } from "vitest";
import type { LineItem } from "#lib/db/generated/client.ts";
import { scoresOfColumn, storeProofs } from "#lib/db/proof/verify.ts";
import { getCourseProof, listDifferences } from "#lib/operations/proof/proof.ts";
import { pushScores } from "#lib/operations/scores/push/push-scores.ts";
import { until } from "#tests/support/grading.ts";
import {
  addCourse,
  finished,
  register,
  startRun,
  wantScores,
  type AddedCourse,
} from "#tests/support/installation.ts";
import { operatorOf } from "#tests/support/rosters.ts";
import { useInstallation } from "#tests/support/use-installation.ts";

// One run after the other.
const { installation, platform } = useInstallation({
  concurrency: 1,
  platform: { logSize: 5_000 },
});

type Sent = AddedCourse & { userIds: string[]; clientId: string; registrationId: string };

/** A course whose scores the platform holds as if they had been sent. */
async function sentCourse(lineItems: number): Promise<Sent> {
  const registration = await register(installation, platform);
  const made = await addCourse(installation, platform, registration, { members: 4, lineItems });
  const people = await platform.rosterOf({ contextId: made.contextId, role: "Learner" });
  const userIds = people.map(({ userId }) => userId);
  for (const lineItem of made.lineItems) {
    await wantScores(installation, lineItem, userIds);
    const grades = userIds.map((userId, index) => ({ userId, resultScore: index % 100 }));
    await platform.setGrades({ lineItem: lineItem.url, grades });
  }
  await installation.db.prisma.score.updateMany({
    where: { lineItemId: { in: made.lineItems.map(({ id }) => id) } },
    data: { state: "sent", sentAt: new Date() },
  });
  await installation.db.prisma.$executeRaw`
    UPDATE score SET sent_score_given = score_given, sent_score_maximum = score_maximum
     WHERE line_item_id = ANY (${made.lineItems.map(({ id }) => id)}::uuid[])`;
  const { clientId, id: registrationId } = registration;
  return { ...made, userIds, clientId, registrationId };
}

const targetOf = ({ course }: Sent) => ({
  registrationId: course.registrationId,
  courseId: course.id,
});

async function verified(made: Sent) {
  const { id } = await startRun(installation, "verify", targetOf(made));
  return finished(installation, id);
}

const proofOf = ({ course }: Sent) =>
  getCourseProof(operatorOf(installation), { courseId: course.id });

async function causesIn({ course }: Sent): Promise<string[]> {
  const courseId = course.id;
  const { items } = await listDifferences(operatorOf(installation), { courseId, limit: 200 });
  return items.map(({ cause }) => cause);
}

const scoresOf = ({ id }: LineItem) =>
  installation.db.prisma.score.findMany({
    where: { lineItemId: id },
    orderBy: { userId: "asc" },
  });

describe("a reading of results", () => {
  test("takes the result of somebody whose new score waits for nobody else's", async () => {
    const made = await sentCourse(1);
    const [waiting] = made.userIds;
    await pushScores(operatorOf(installation), {
      lineItemId: made.lineItems[0]!.id,
      send: false,
      scores: [
        {
          userId: waiting!,
          scoreGiven: 77,
          scoreMaximum: 100,
          activityProgress: "Completed",
          gradingProgress: "FullyGraded",
        },
      ],
    });
    expect(await verified(made)).toMatchObject({ state: "succeeded", done: 2 });
    expect(await proofOf(made)).toMatchObject({ total: 2, proven: 2, notOurs: 0 });
  });

  test("says nothing of a score that was sent, or wanted anew, since it began", async () => {
    const { lineItems } = await sentCourse(1);
    const [column] = lineItems;
    const { db } = installation;
    const before = await scoresOfColumn(db, column!.id);
    const [sentAnew, wantedAnew] = before;
    const changes = [
      { id: sentAnew!.id, data: { sentAt: new Date(Date.now() + 1_000) } },
      { id: wantedAnew!.id, data: { revision: wantedAnew!.revision + 1 } },
    ];
    for (const { id, data } of changes) await db.prisma.score.update({ where: { id }, data });
    const found = { proof: "missing", cause: "never_kept", score: null, maximum: null } as const;
    const proofs = before.map((of) => ({ of, found }));
    const reading = { runId: crypto.randomUUID(), readAt: new Date() };
    await storeProofs(db, reading, column!.id, { proofs, foreign: [] });
    const stored = await scoresOf(column!);
    const proofOfScore = new Map(stored.map(({ id, proof }) => [id, proof]));
    expect(before.map(({ id }) => proofOfScore.get(id))).toEqual([null, null, "missing"]);
  });
});

describe("a verification", () => {
  test("does not read again what another has read since it was asked for", async () => {
    const made = await sentCourse(3);
    const { registrationId, clientId } = made;
    const all = await startRun(installation, "verify", { registrationId });
    const one = await startRun(installation, "verify", targetOf(made));
    const runs = [await finished(installation, all.id), await finished(installation, one.id)];
    expect(runs.map(({ state }) => state)).toEqual(["succeeded", "succeeded"]);
    for (const { total, done } of runs) expect(total).toBe(done);
    expect(await platform.requests({ clientId, route: "results" })).toHaveLength(3);
    expect(await proofOf(made)).toMatchObject({ total: 9, proven: 9 });
  });

  test("goes on without a column that the platform fails at, and says so", async () => {
    const made = await sentCourse(3);
    const [, failing] = made.lineItems;
    await platform.misbehave({
      kind: "error_page",
      status: 500,
      route: "results",
      lineItem: failing!.url,
    });
    expect(await verified(made)).toMatchObject({
      state: "partly_succeeded",
      errorCode: "sync.results_unreadable",
      done: 6,
      failed: 3,
    });
    expect(await causesIn(made)).toEqual(["no_answer", "no_answer", "no_answer"]);
    const proof = await proofOf(made);
    expect(proof).toMatchObject({ total: 9, proven: 6, unreadable: 3, open: 3 });
    const asked = await platform.requests({ lineItem: failing!.url, route: "results" });
    expect(asked).toHaveLength(3);
    await platform.behave({});
    expect(await verified(made)).toMatchObject({ state: "succeeded", done: 9 });
    expect(await proofOf(made)).toMatchObject({ proven: 9, open: 0 });
  });

  test("finds nothing wrong while the platform is not well", async () => {
    const made = await sentCourse(2);
    const { clientId } = made;
    await platform.misbehave({ kind: "error_page", status: 502, route: "results", clientId });
    const { id } = await startRun(installation, "verify", targetOf(made));
    const { prisma } = installation.db;
    await until(async () => {
      const run = await prisma.run.findUniqueOrThrow({ where: { id } });
      return run.state === "queued" && run.attempt >= 1 && run.notBefore !== null;
    });
    expect(await proofOf(made)).toMatchObject({ unproven: 6, unreadable: 0 });
    await platform.behave({});
    expect(await finished(installation, id)).toMatchObject({ state: "succeeded", done: 6 });
  });
});
