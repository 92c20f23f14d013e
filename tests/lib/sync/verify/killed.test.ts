import { setTimeout as delay } from "node:timers/promises";
import { expect, test } from "vitest";
import type { Registration } from "#lib/db/generated/client.ts";
import { getCourse } from "#lib/operations/courses/courses.ts";
import { getCourseProof } from "#lib/operations/proof/proof.ts";
import { runOf, until } from "#tests/support/grading.ts";
import {
  addCourse,
  finished,
  register,
  startRun,
  wantScores,
  type AddedCourse,
} from "#tests/support/installation.ts";
import { operatorOf } from "#tests/support/rosters.ts";
import { startWorkerProcess } from "#tests/support/worker-processes.ts";
import { useInstallation } from "#tests/support/use-installation.ts";

const COLUMNS = 36;
const PEOPLE = 3;

const { installation, platform } = useInstallation({
  isWorker: false,
  platform: { profile: "moodle", logSize: 20_000 },
});

/** A course of many columns whose scores the platform holds as if they had been sent. */
async function sentCourse(registration: Registration): Promise<AddedCourse> {
  const given = { members: PEOPLE + 1, lineItems: COLUMNS };
  const made = await addCourse(installation, platform, registration, given);
  const people = await platform.rosterOf({ contextId: made.contextId, role: "Learner" });
  const userIds = people.map(({ userId }) => userId);
  for (const lineItem of made.lineItems) {
    await wantScores(installation, lineItem, userIds);
    const grades = userIds.map((userId, index) => ({ userId, resultScore: index % 100 }));
    await platform.setGrades({ lineItem: lineItem.url, grades });
  }
  await installation.db.prisma.$executeRaw`
    UPDATE score SET state = 'sent', sent_at = now(), sent_score_given = score_given,
           sent_score_maximum = score_maximum`;
  return made;
}

/** What a worker is at when it is killed, and how much later. */
type Moment = { at: "claimed" | "asked" | "answered" | "stored"; afterMs: number };
const MOMENTS: readonly Moment[] = [
  { at: "claimed", afterMs: 0 },
  { at: "asked", afterMs: 0 },
  { at: "answered", afterMs: 0 },
  { at: "stored", afterMs: 0 },
  { at: "claimed", afterMs: 60 },
  { at: "stored", afterMs: 15 },
  { at: "asked", afterMs: 90 },
];

async function readings(clientId: string): Promise<{ asked: number; answered: number }> {
  const requests = await platform.requests({ clientId, route: "results" });
  const answered = requests.filter(({ status }) => status !== undefined).length;
  return { asked: requests.length, answered };
}

/** How often each column was read that the run is done with. */
async function readsOfFinished({ lineItems }: AddedCourse, runId: string) {
  const done = await installation.db.prisma.lineItem.findMany({ where: { verifyRunId: runId } });
  const finishedIds = new Set(done.map(({ id }) => id));
  const reads = new Map<string, number>();
  for (const { id, url } of lineItems)
    if (finishedIds.has(id))
      reads.set(id, (await platform.requests({ lineItem: url, route: "results" })).length);
  return reads;
}

/** As if the queue had waited for the dead worker's next sign of life. */
async function giveUpWaiting(): Promise<void> {
  await installation.db.execute(
    "UPDATE pgboss.job SET heartbeat_on = heartbeat_on - interval '1 minute' WHERE state = 'active'",
  );
}

test(
  `a verification killed at ${MOMENTS.length} moments reads no column again that it was done with`,
  { timeout: 400_000 },
  async () => {
    const registration = await register(installation, platform, { profile: "moodle" });
    const { clientId } = registration;
    const made = await sentCourse(registration);
    await platform.misbehave({ kind: "delay", ms: 90, route: "results", clientId });
    for (const [index, { url: lineItem }] of made.lineItems.entries())
      if (index % 2 === 0)
        await platform.misbehave({ kind: "delay", ms: 90, when: "after", lineItem });
    const target = { registrationId: registration.id, courseId: made.course.id };
    const { id } = await startRun(installation, "verify", target);

    const finishedAtKills: Map<string, number>[] = [];
    for (const { at, afterMs } of MOMENTS) {
      const before = { ...(await runOf(installation, id)), ...(await readings(clientId)) };
      const worker = await startWorkerProcess(installation.database);
      await until(async () => {
        const now = { ...(await runOf(installation, id)), ...(await readings(clientId)) };
        // What the worker before it had asked may be answered only now.
        if (now.lease === before.lease) return false;
        if (at === "claimed") return true;
        if (at === "stored") return now.done > before.done;
        return now[at] > before[at];
      });
      await delay(afterMs);
      await worker.kill();
      finishedAtKills.push(await readsOfFinished(made, id));
      await giveUpWaiting();
    }
    const left = await runOf(installation, id);
    expect(left.state).toBe("running");
    expect(left.done).toBeLessThan(COLUMNS * PEOPLE);

    await installation.engine.startWorker();
    const ended = await finished(installation, id);
    const all = COLUMNS * PEOPLE;
    expect(ended).toMatchObject({ state: "succeeded", total: all, done: all, failed: 0 });
    expect(ended.lease).toBe(MOMENTS.length + 1);
    const readsAtEnd = await readsOfFinished(made, id);
    expect(readsAtEnd.size).toBe(COLUMNS);
    for (const finishedThen of finishedAtKills)
      for (const [column, reads] of finishedThen) expect(readsAtEnd.get(column)).toBe(reads);
    // Each kill costs at most the one column that was under way.
    const { asked } = await readings(clientId);
    expect(asked).toBeLessThanOrEqual(COLUMNS + MOMENTS.length);
    const operator = operatorOf(installation);
    const courseId = made.course.id;
    expect(await getCourseProof(operator, { courseId })).toMatchObject({ total: all, proven: all });
    const { proof } = await getCourse(operator, { courseId });
    expect(proof).toMatchObject({ total: all, proven: all, open: 0, notOurs: 0 });
  },
);
