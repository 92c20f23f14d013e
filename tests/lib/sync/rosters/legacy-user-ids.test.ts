import { afterAll, beforeAll, expect, test } from "vitest";
import { listCourseRosterChanges } from "#lib/operations/rosters/changes.ts";
import { listMembers } from "#lib/operations/rosters/members.ts";
import {
  addCourse,
  finished,
  register,
  startInstallation,
  startRun,
  type Installation,
} from "#tests/support/installation.ts";
import { callerOf } from "#tests/support/launching.ts";
import { startPlatform, type PlatformClient } from "#tests/support/platform/index.ts";

let installation: Installation;
let platform: PlatformClient;
beforeAll(async () => {
  [installation, platform] = await Promise.all([startInstallation(), startPlatform()]);
});
afterAll(async () => {
  await installation.stop();
  await platform.stop();
});

test("a member's user ID of LTI 1.1 is kept, found, and told when it changes", async () => {
  const registration = await register(installation, platform);
  const { course } = await addCourse(installation, platform, registration, {
    members: [{ userId: "u-1", name: "Ada", lti11LegacyUserId: "old-1" }, { userId: "u-2" }],
  });
  const { id: courseId, registrationId, contextId } = course;
  const sync = async () => {
    const { id } = await startRun(installation, "roster_sync", { registrationId, courseId });
    return finished(installation, id);
  };
  const found = async (filter: object) => {
    const { items } = await listMembers(callerOf(installation), {
      courseId,
      sort: "userId",
      ...filter,
    });
    return items.map(({ userId, lti11LegacyUserId }) => [userId, lti11LegacyUserId]);
  };
  await sync();
  expect(await found({})).toEqual([
    ["u-1", "old-1"],
    ["u-2", null],
  ]);
  expect(await found({ q: "OLD-" })).toEqual([["u-1", "old-1"]]);
  expect(await found({ lti11LegacyUserId: "old-1" })).toEqual([["u-1", "old-1"]]);
  expect(await found({ lti11LegacyUserId: "old" })).toEqual([]);

  await platform.changeRoster({
    contextId,
    update: [{ userId: "u-2", lti11LegacyUserId: "old-2" }],
  });
  await sync();
  expect(await found({ q: "old-2" })).toEqual([["u-2", "old-2"]]);
  const { items } = await listCourseRosterChanges(callerOf(installation), { courseId });
  expect(JSON.stringify(items[0])).toContain("lti11LegacyUserId");
});
