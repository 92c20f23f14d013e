import { afterAll, beforeAll, expect, test } from "vitest";
import {
  addCourse,
  finished,
  register,
  startInstallation,
  startRun,
  type Installation,
} from "#tests/support/installation.ts";
import { startPlatform, type PlatformClient } from "#tests/support/platform/index.ts";

let installation: Installation;
let platform: PlatformClient;

beforeAll(async () => {
  platform = await startPlatform();
  installation = await startInstallation();
});
afterAll(async () => {
  await installation.stop();
  await platform.stop();
});

test("a throttled walk over a roster goes on with the page it was at", async () => {
  const { id, clientId } = await register(installation, platform);
  const registration = await installation.db.prisma.registration.update({
    where: { id },
    data: { profileOverrides: { pageLimit: 10 } },
  });
  const { course } = await addCourse(installation, platform, registration, { members: 60 });
  const throttle = { kind: "rate_limited", route: "memberships", clientId } as const;
  await platform.misbehave({ ...throttle, from: 4, times: 1, retryAfterSec: 1 });
  const { id: runId } = await startRun(installation, "roster_sync", {
    registrationId: id,
    courseId: course.id,
  });
  expect(await finished(installation, runId)).toMatchObject({
    state: "succeeded",
    membersSeen: 60,
    membersAdded: 60,
  });
  const requests = await platform.requests({ clientId, route: "memberships" });
  expect(requests.filter(({ status }) => status === 429)).toHaveLength(1);
  expect(requests.filter(({ status }) => status === 200)).toHaveLength(6);
});
