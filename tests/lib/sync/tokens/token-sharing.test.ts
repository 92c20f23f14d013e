import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startPlatform, SCOPE, type PlatformClient } from "#tests/support/platform/index.ts";
import {
  addCourse,
  finished,
  register,
  startInstallation,
  startRun,
  wantScores,
  type Installation,
} from "#tests/support/installation.ts";
import { oneCourse, syncRosterOf } from "#tests/support/rosters.ts";
import { startWorkerProcess } from "#tests/support/worker-processes.ts";

let platform: PlatformClient;

beforeAll(async () => {
  platform = await startPlatform();
});
afterAll(() => platform.stop());

async function fiftyRosterRuns(installation: Installation) {
  const registration = await register(installation, platform);
  const courses = [];
  for (let index = 0; index < 50; index++)
    courses.push(await addCourse(installation, platform, registration, { members: 3 }));
  const runs = [];
  for (const { course } of courses)
    runs.push(
      await startRun(installation, "roster_sync", {
        registrationId: registration.id,
        courseId: course.id,
      }),
    );
  const ended = [];
  for (const { id } of runs) ended.push(await finished(installation, id));
  const requests = await platform.requests({ clientId: registration.clientId, route: "token" });
  return { ended, requests };
}

describe("the shared token", () => {
  test("is requested once by 50 concurrent roster jobs on a cold cache", async () => {
    const installation = await startInstallation({ concurrency: 50 });
    const { ended, requests } = await fiftyRosterRuns(installation);
    expect(ended.map(({ state }) => state)).toEqual(Array(50).fill("succeeded"));
    expect(requests).toHaveLength(1);
    const requested = ended.reduce((sum, run) => sum + run.tokensRequested, 0);
    const reused = ended.reduce((sum, run) => sum + run.tokensReused, 0);
    expect({ requested, reused }).toEqual({ requested: 1, reused: 49 });
    expect(ended.filter(({ tokenCase }) => tokenCase === "shared_cache")).toHaveLength(49);
    await installation.stop();
  });

  test("is requested once by 50 jobs in four processes", async () => {
    const installation = await startInstallation({ isWorker: false });
    const workers = await Promise.all(
      Array.from({ length: 4 }, () => startWorkerProcess(installation.database)),
    );
    const { ended, requests } = await fiftyRosterRuns(installation);
    expect(ended.map(({ state }) => state)).toEqual(Array(50).fill("succeeded"));
    expect(requests).toHaveLength(1);
    await Promise.all(workers.map((worker) => worker.terminate()));
    await installation.stop();
  }, 90_000);

  test("serves rosters and grades of one registration alike", async () => {
    const installation = await startInstallation();
    const registration = await register(installation, platform);
    const made = await addCourse(installation, platform, registration, {
      members: 5,
      lineItems: 1,
    });
    const people = await platform.rosterOf({ contextId: made.contextId, role: "Learner" });
    await wantScores(
      installation,
      made.lineItems[0]!,
      people.map(({ userId }) => userId),
    );
    const target = { registrationId: registration.id, courseId: made.course.id };
    const roster = await startRun(installation, "roster_sync", target);
    expect(await finished(installation, roster.id)).toMatchObject({ state: "succeeded" });
    const grades = await startRun(installation, "grade_sync", target);
    expect(await finished(installation, grades.id)).toMatchObject({
      state: "succeeded",
      tokenCase: "shared_cache",
      tokensRequested: 0,
      tokensReused: 1,
    });
    const { clientId } = registration;
    expect(await platform.requests({ clientId, route: "token" })).toHaveLength(1);
    await installation.stop();
  });

  test("is widened by one request for the union where it lacks a scope", async () => {
    const installation = await startInstallation();
    const registration = await register(installation, platform);
    const { clientId } = registration;
    const first = await addCourse(installation, platform, registration, {
      members: 2,
      announced: [],
    });
    const target = { registrationId: registration.id, courseId: first.course.id };
    const roster = await startRun(installation, "roster_sync", target);
    await finished(installation, roster.id);

    const graded = await addCourse(installation, platform, registration, {
      members: 2,
      lineItems: 1,
      announced: [SCOPE.score, SCOPE.lineItem],
    });
    const sync = { registrationId: registration.id, courseId: graded.course.id };
    expect(
      await finished(installation, (await startRun(installation, "grade_sync", sync)).id),
    ).toMatchObject({ state: "succeeded", tokensRequested: 1 });
    const again = await startRun(installation, "roster_sync", target);
    expect(await finished(installation, again.id)).toMatchObject({ tokensRequested: 0 });

    const asked = await installation.db.prisma.tokenRequest.findMany({
      where: { registrationId: registration.id },
      orderBy: { id: "asc" },
    });
    expect(asked.map(({ reason }) => reason)).toEqual(["first", "missing_scope"]);
    expect(new Set(asked[1]!.grantedScopes)).toEqual(
      new Set([SCOPE.memberships, SCOPE.score, SCOPE.lineItem]),
    );
    expect(await platform.requests({ clientId, route: "token" })).toHaveLength(2);
    await installation.stop();
  });

  test("remembers what the platform refused instead of asking again", async () => {
    const installation = await startInstallation();
    const registration = await register(installation, platform, {
      allowedScopes: [SCOPE.memberships],
    });
    const made = await addCourse(installation, platform, registration, {
      members: 2,
      lineItems: 1,
    });
    const target = { registrationId: registration.id, courseId: made.course.id };
    await finished(installation, (await startRun(installation, "roster_sync", target)).id);
    for (let attempt = 0; attempt < 3; attempt++) {
      const { id } = await startRun(installation, "grade_sync", target);
      expect(await finished(installation, id)).toMatchObject({
        state: "failed",
        errorCode: "lti.scope_mismatch",
      });
    }
    const { clientId } = registration;
    expect(await platform.requests({ clientId, route: "token" })).toHaveLength(1);
    await installation.stop();
  });

  test("asks again for what was refused a while ago, as somebody may have switched it on", async () => {
    const installation = await startInstallation();
    const registration = await register(installation, platform, {
      allowedScopes: [SCOPE.memberships],
    });
    const { clientId } = registration;
    const made = await addCourse(installation, platform, registration, {
      members: 2,
      lineItems: 1,
    });
    const people = await platform.rosterOf({ contextId: made.contextId, role: "Learner" });
    await wantScores(
      installation,
      made.lineItems[0]!,
      people.map(({ userId }) => userId),
    );
    const target = { registrationId: registration.id, courseId: made.course.id };
    const sendGrades = async () =>
      finished(installation, (await startRun(installation, "grade_sync", target)).id);
    expect(await sendGrades()).toMatchObject({ errorCode: "lti.scope_mismatch" });
    await platform.allowScopes({ clientId, scopes: Object.values(SCOPE) });
    // A minute later, by the clock of the database.
    await installation.db.execute(
      `UPDATE access_token SET obtained_at = obtained_at - interval '1 minute',
              expires_at = expires_at - interval '1 minute' WHERE registration_id = $1`,
      [registration.id],
    );
    expect(await sendGrades()).toMatchObject({ state: "succeeded", tokensRequested: 1 });
    // What came along with it is there as well.
    const [token] = await installation.db.prisma.accessToken.findMany({
      where: { registrationId: registration.id },
      orderBy: { obtainedAt: "desc" },
    });
    expect(token!.grantedScopes).toEqual(
      expect.arrayContaining([SCOPE.score, SCOPE.resultReadonly, SCOPE.memberships]),
    );
    expect(await platform.requests({ clientId, route: "token" })).toHaveLength(2);
    await installation.stop();
  });

  test("asks for what the job needs alone where the platform refuses the whole request", async () => {
    const installation = await startInstallation();
    const registration = await register(installation, platform, {
      allowedScopes: [SCOPE.memberships, SCOPE.score],
    });
    const { clientId } = registration;
    await platform.misbehave({ kind: "strict_scopes", clientId });
    const made = await addCourse(installation, platform, registration, {
      members: 2,
      lineItems: 1,
    });
    const target = { registrationId: registration.id, courseId: made.course.id };
    const { id } = await startRun(installation, "roster_sync", target);
    expect(await finished(installation, id)).toMatchObject({ state: "succeeded" });
    const statuses = async () =>
      (await platform.requests({ clientId, route: "token" })).map(({ status }) => status);
    expect(await statuses()).toEqual([400, 200]);
    // Nothing was said of the other scopes: another kind of job asks for its own.
    const userId = (await platform.rosterOf({ contextId: made.contextId, role: "Learner" }))[0]!
      .userId;
    await installation.db.prisma.score.create({
      data: {
        lineItemId: made.lineItems[0]!.id,
        userId,
        scoreGiven: 7,
        scoreMaximum: 10,
        activityProgress: "Completed",
        gradingProgress: "FullyGraded",
        timestamp: new Date(),
      },
    });
    const { id: gradeRunId } = await startRun(installation, "grade_sync", target);
    expect(await finished(installation, gradeRunId)).toMatchObject({ state: "succeeded", done: 1 });
    expect((await statuses()).slice(2)).toEqual([400, 200]);
    await installation.stop();
  });

  test("is refused in words that hold what no database keeps", async () => {
    const installation = await startInstallation();
    const made = await oneCourse(installation, platform, { members: 2 });
    const { clientId } = made;
    const description = `\u0000 half \ud83d ${"\u{1f600}".repeat(2_000)}`;
    await platform.misbehave({
      kind: "token_error",
      error: "invalid_\u0000",
      description,
      clientId,
    });
    expect(await syncRosterOf(installation, made)).toMatchObject({
      errorCode: "lti.token_refused",
    });
    expect(installation.errors).toEqual([]);
    await installation.stop();
  });
});
