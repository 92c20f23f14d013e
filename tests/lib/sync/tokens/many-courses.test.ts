import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as pauses from "#lib/operations/system/pauses.ts";
import { createSchedule } from "#lib/operations/schedules/schedules.ts";
import type { Caller } from "#lib/operations/caller.ts";
import type { Db } from "#lib/db/client.ts";
import type { QueuedRun } from "#lib/sync/queue/index.ts";
import { fireSchedule } from "#lib/sync/schedules/fire.ts";
import { insertCourses } from "#tests/support/course-stage.ts";
import { querySql } from "#tests/support/database.ts";
import { startInstallation, type Installation } from "#tests/support/installation.ts";
import { operatorOf } from "#tests/support/rosters.ts";

/** More than are started in one transaction. */
const COURSES = 450;

let installation: Installation;
let operator: Caller;
let registrationId: string;
let courseIds: string[];

beforeAll(async () => {
  installation = await startInstallation({ isWorker: false });
  operator = operatorOf(installation);
  ({ registrationId, courseIds } = await insertCourses(installation.db, COURSES));
  const { prisma } = installation.db;
  const lineItems = await prisma.lineItem.createManyAndReturn({
    data: courseIds.map((courseId) => {
      const url = `https://lms.example.edu/${courseId}/lineitems/1`;
      return { courseId, url, label: "Essay", scoreMaximum: 10 };
    }),
  });
  await prisma.score.createMany({
    data: lineItems.map(({ id }) => ({
      lineItemId: id,
      userId: "ada",
      scoreGiven: 7,
      scoreMaximum: 10,
      activityProgress: "Completed",
      gradingProgress: "FullyGraded",
      timestamp: new Date(),
    })),
  });
});
afterAll(() => installation.stop());

const runs = () => installation.db.prisma.run.findMany({ where: { registrationId } });
const states = async () => [...new Set((await runs()).map(({ state }) => state))];
async function waitingJobs(): Promise<number> {
  const [row] = await querySql<{ count: number }>(
    installation.database.url,
    `SELECT count(DISTINCT singleton_key)::int AS count FROM pgboss.job
      WHERE name = 'run' AND state < 'active'`,
  );
  return row!.count;
}

describe("a registration of very many courses", () => {
  test("has a run started for each whose scores wait, once, although the first try broke off", async () => {
    const { id } = await createSchedule(operator, {
      registrationId,
      kind: "grade_sync",
      cron: "0 4 * * *",
      timeZone: "UTC",
      jitterSeconds: 0,
      blackouts: [],
      isEnabled: true,
    });
    let sent = 0;
    const queue = {
      send(_tx: Db, _run: QueuedRun) {
        sent += 1;
        return sent === 300 ? Promise.reject(new Error("killed")) : Promise.resolve();
      },
      bringForward: () => Promise.resolve(),
    };
    const deps = { db: installation.db, queue, now: () => new Date(), random: () => 0.5 };
    await expect(fireSchedule(deps, id)).rejects.toThrow("killed");
    expect(await runs()).toHaveLength(200);
    await fireSchedule(deps, id);
    const started = await runs();
    expect(new Set(started.map(({ courseId }) => courseId))).toEqual(new Set(courseIds));
    expect(started).toHaveLength(COURSES);
  });

  test("is paused and resumed as a whole, every run queued again", async () => {
    await pauses.pauseRegistration(operator, { registrationId });
    expect(await states()).toEqual(["paused"]);
    await querySql(installation.database.url, "DELETE FROM pgboss.job WHERE name = 'run'");
    await pauses.resumeRegistration(operator, { registrationId });
    expect(await states()).toEqual(["queued"]);
    expect(await waitingJobs()).toBe(COURSES);
  });

  test("has scores sent at resume that came in meanwhile and are sent as they come", async () => {
    const { prisma } = installation.db;
    await pauses.pauseRegistration(operator, { registrationId });
    await prisma.run.deleteMany({ where: { registrationId } });
    await querySql(installation.database.url, "DELETE FROM pgboss.job WHERE name = 'run'");
    await prisma.course.updateMany({
      where: { registrationId },
      data: { sendPolicy: "as_they_come" },
    });
    await pauses.pauseCourse(operator, { courseId: courseIds[0]! });
    await pauses.resumeRegistration(operator, { registrationId });
    expect(await runs()).toHaveLength(COURSES - 1);
    expect(await states()).toEqual(["queued"]);
    expect(await waitingJobs()).toBe(COURSES - 1);
    await pauses.resumeCourse(operator, { courseId: courseIds[0]! });
    expect(await runs()).toHaveLength(COURSES);
  });
});
