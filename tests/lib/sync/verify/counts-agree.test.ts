import { expect, test } from "vitest";
import { transaction, type Db } from "#lib/db/client.ts";
import { mergeProofCounts } from "#lib/db/proof/counts.ts";
import type { Caller } from "#lib/operations/caller.ts";
import { getCourse } from "#lib/operations/courses/courses.ts";
import { getOverview } from "#lib/operations/overview/overview.ts";
import { getCourseProof } from "#lib/operations/proof/proof.ts";
import { getRegistration } from "#lib/operations/registrations/registrations.ts";
import { gradedCourse, runOf, startGradeSync, until } from "#tests/support/grading.ts";
import { finished, startRun, wantScores } from "#tests/support/installation.ts";
import { startWorkerProcess } from "#tests/support/worker-processes.ts";
import { useInstallation } from "#tests/support/use-installation.ts";

const SENT_BEFORE = 37;
const MOST = 118;

const { installation, platform, operator } = useInstallation({ isWorker: false });

type Counts = { total: number; proven: number; open: number };
const only = ({ total, proven, open }: Counts): Counts => ({ total, proven, open });

/** By the scores themselves, without what is kept beside them. */
async function counted(db: Db): Promise<Counts> {
  const scores = await db.prisma.score.findMany({
    where: { state: { in: ["sent", "rejected"] } },
    select: { proof: true },
  });
  const proven = scores.filter(({ proof }) => proof === "same").length;
  const unproven = scores.filter(({ proof }) => proof === null).length;
  return { total: scores.length, proven, open: scores.length - proven - unproven };
}

/** What each page and the API say at one moment of the database, which goes on meanwhile. */
async function saidAtOnce(courseId: string, registrationId: string) {
  return transaction(installation.db, async (tx) => {
    await tx.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ");
    const reader: Caller = { ...operator, db: tx };
    const scores = await counted(tx);
    const course = await getCourse(reader, { courseId });
    const tab = await getCourseProof(reader, { courseId });
    const registration = await getRegistration(reader, { registrationId });
    const overview = await getOverview(reader);
    expect({
      course: only(course.proof!),
      tab: only(tab),
      registration: only(registration.proof!),
      overview: only(overview.proof!),
    }).toEqual({ course: scores, tab: scores, registration: scores, overview: scores });
    expect(tab.unproven).toBe(scores.total - scores.proven - scores.open);
    const words = `${scores.proven} of ${scores.total} proven`;
    if (course.health === "healthy") expect(course.healthReason).toBe(words);
    if (registration.health === "healthy") expect(registration.healthReason).toBe(words);
    return scores;
  });
}

test("while scores go out, and after the worker is killed, every page counts the same", async () => {
  const made = await gradedCourse(installation, platform, { scores: MOST, unwanted: true });
  const { registration, lineItem, userIds } = made;
  const said = () => saidAtOnce(made.course.id, registration.id);
  await wantScores(installation, lineItem, userIds.slice(0, SENT_BEFORE));
  const first = await startWorkerProcess(installation.database);
  await finished(installation, (await startGradeSync(installation, made)).id);
  const verified = await startRun(installation, "verify", { registrationId: registration.id });
  await finished(installation, verified.id);
  expect(await said()).toEqual({ total: SENT_BEFORE, proven: SENT_BEFORE, open: 0 });

  await wantScores(installation, lineItem, userIds.slice(SENT_BEFORE));
  const { clientId } = registration;
  await platform.misbehave({ kind: "delay", ms: 60, route: "scores", clientId });
  const { id } = await startGradeSync(installation, made);
  const totals = new Set<number>();
  const isFurther = (done: number) => async () => {
    totals.add((await said()).total);
    return (await runOf(installation, id)).done > done;
  };
  await until(isFurther(10));
  await first.kill();
  const atKill = await said();
  expect(atKill).toMatchObject({ proven: SENT_BEFORE, open: 0 });
  expect(atKill.total).toBeLessThan(MOST);

  await installation.db.execute(
    "UPDATE pgboss.job SET heartbeat_on = heartbeat_on - interval '1 minute' WHERE state = 'active'",
  );
  await installation.engine.startWorker();
  await until(isFurther(MOST - SENT_BEFORE - 1));
  await finished(installation, id);
  expect(await said()).toEqual({ total: MOST, proven: SENT_BEFORE, open: 0 });
  expect(totals.size).toBeGreaterThan(3);

  await Promise.all([mergeProofCounts(installation.db), mergeProofCounts(installation.db)]);
  expect(await said()).toEqual({ total: MOST, proven: SENT_BEFORE, open: 0 });
  expect(await installation.db.prisma.proofCount.count()).toBe(1);
});
