import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  addCourse,
  finished,
  register,
  startInstallation,
  startRun,
  type AddedCourse,
} from "#tests/support/installation.ts";
import { startPlatform, type PlatformClient } from "#tests/support/platform/index.ts";
import { oneCourse, syncRosterOf } from "#tests/support/rosters.ts";

let platform: PlatformClient;

beforeAll(async () => {
  platform = await startPlatform();
});
afterAll(() => platform.stop());

describe("a token that the platform forgot", () => {
  test("is replaced once for all jobs that meet a revoked token", async () => {
    const installation = await startInstallation({ concurrency: 10 });
    const registration = await register(installation, platform);
    const { clientId } = registration;
    const courses: Awaited<ReturnType<typeof addCourse>>[] = [];
    for (let index = 0; index < 10; index++)
      courses.push(await addCourse(installation, platform, registration, { members: 3 }));
    const runAll = async () => {
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
      return ended.map(({ state }) => state);
    };
    await runAll();
    // Old enough that a 401 means that it died, not that it never worked.
    await installation.db.execute(
      "UPDATE access_token SET obtained_at = obtained_at - interval '5 minutes' WHERE registration_id = $1",
      [registration.id],
    );
    await platform.revokeTokens({ clientId });
    expect(await runAll()).toEqual(Array(10).fill("succeeded"));
    expect(await platform.requests({ clientId, route: "token" })).toHaveLength(2);
    await installation.stop();
  });

  describe("that the platform refuses without a word", () => {
    async function refusedWithoutAWord(courses: number) {
      const installation = await startInstallation();
      const registration = await register(installation, platform);
      const { clientId } = registration;
      await platform.misbehave({ kind: "dead_token_as", style: "bare_401", clientId });
      const added = [];
      for (let index = 0; index < courses; index++)
        added.push(await addCourse(installation, platform, registration, { members: 2 }));
      const sync = ({ course }: AddedCourse) =>
        syncRosterOf(installation, { registrationId: registration.id, course });
      const asked = async () => (await platform.requests({ clientId, route: "token" })).length;
      return { installation, clientId, added, sync, asked };
    }

    test("is replaced though it is young, because it had worked for another job", async () => {
      const { installation, clientId, added, sync, asked } = await refusedWithoutAWord(2);
      expect(await sync(added[0]!)).toMatchObject({ state: "succeeded", tokensRequested: 1 });
      await platform.revokeTokens({ clientId });
      expect(await sync(added[1]!)).toMatchObject({ state: "succeeded", tokensRequested: 1 });
      expect(await asked()).toBe(2);
      await installation.stop();
    });

    test("is replaced once by jobs that fare no better with another", async () => {
      const { installation, clientId, added, sync, asked } = await refusedWithoutAWord(4);
      expect(await sync(added[0]!)).toMatchObject({ state: "succeeded" });
      for (const { contextId } of added.slice(1)) {
        const denial = { kind: "error_json", status: 401, body: {} } as const;
        await platform.misbehave({ ...denial, contextId, clientId });
      }
      for (const denied of added.slice(1)) {
        expect(await sync(denied)).toMatchObject({ errorCode: "lti.access_denied" });
        expect(await sync(added[0]!)).toMatchObject({ state: "succeeded" });
      }
      expect(await asked()).toBe(2);
      await installation.stop();
    });
  });

  test("is replaced by a new one where all that the cache holds were revoked", async () => {
    const installation = await startInstallation();
    const made = await oneCourse(installation, platform, { members: 2 });
    const { registrationId, clientId } = made;
    for (let token = 0; token < 3; token++) await installation.engine.refreshToken(registrationId);
    await platform.revokeTokens({ clientId });
    expect(await syncRosterOf(installation, made)).toMatchObject({
      state: "succeeded",
      tokensRequested: 1,
    });
    expect(await platform.requests({ clientId, route: "token" })).toHaveLength(4);
    await installation.stop();
  });
});
