import { afterAll, beforeAll, expect, test } from "vitest";
import { findPeople } from "#lib/db/search/people.ts";
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
  [installation, platform] = await Promise.all([startInstallation(), startPlatform()]);
});
afterAll(async () => {
  await installation.stop();
  await platform.stop();
});

test("whom a sync brought the finder knows soon after it", async () => {
  const registration = await register(installation, platform);
  const { course } = await addCourse(installation, platform, registration, { members: 12 });
  const target = { registrationId: registration.id, courseId: course.id };
  const { id } = await startRun(installation, "roster_sync", target);
  expect(await finished(installation, id)).toMatchObject({ state: "succeeded" });
  const { db } = installation;
  const { userId } = await db.prisma.membership.findFirstOrThrow({
    where: { courseId: course.id },
  });
  const find = () => findPeople(db, userId, { limit: 10, names: true, within: null });
  await expect.poll(find, { timeout: 15_000 }).toMatchObject([{ userId, courseId: course.id }]);
});
