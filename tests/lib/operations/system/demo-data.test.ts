import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Caller } from "#lib/operations/caller.ts";
import { markAsDemo, removeDemoData } from "#lib/operations/system/demo-data.ts";
import { getSystem } from "#lib/operations/system/system.ts";
import {
  addCourse,
  register,
  startInstallation,
  startRun,
  type Installation,
} from "#tests/support/installation.ts";
import { startPlatform, type PlatformClient } from "#tests/support/platform/index.ts";

let installation: Installation;
let platform: PlatformClient;
let caller: Caller;

beforeAll(async () => {
  platform = await startPlatform({ latencyMs: { memberships: 300 }, maxPageSize: 5 });
  installation = await startInstallation();
  const { db, engine } = installation;
  caller = {
    actor: { kind: "system", id: "system", name: "Test" },
    ...{ db, engine, now: () => new Date() },
    settings: {
      publicUrl: "http://localhost:3000",
      allowPrivateNetwork: true,
      isDemo: true,
      isDatabaseEmbedded: true,
    },
  };
});
afterAll(async () => {
  await installation.stop();
  await platform.stop();
});

describe("removeDemoData", () => {
  test("ends the demo's syncs, deletes what is the demo's, and nothing else", async () => {
    const own = await register(installation, platform);
    await addCourse(installation, platform, own, { members: 3 });
    const demo = await register(installation, platform);
    const { course } = await addCourse(installation, platform, demo, { members: 60 });
    await markAsDemo(caller, { registrationId: demo.id });
    expect(await getSystem(caller)).toMatchObject({
      hasDemoData: true,
      demoData: { lmsUrl: platform.issuer, registrations: 1, courses: 1 },
    });
    await startRun(installation, "roster_sync", { registrationId: demo.id, courseId: course.id });
    await membersArrive(course.id);

    expect(await removeDemoData(caller)).toEqual({ registrations: 1, courses: 1 });

    expect(await getSystem(caller)).toMatchObject({ hasDemoData: false, demoData: null });
    const { prisma } = installation.db;
    expect(await prisma.registration.findMany({ select: { id: true } })).toEqual([{ id: own.id }]);
    expect(await prisma.course.count()).toBe(1);
    expect(await prisma.run.count()).toBe(0);
    expect(await prisma.auditEntry.count({ where: { action: "demo_data.remove" } })).toBe(1);
    expect(installation.errors).toEqual([]);
  });

  test("finds nothing to do where there is no demo data", async () => {
    expect(await removeDemoData(caller)).toEqual({ registrations: 0, courses: 0 });
  });
});

async function membersArrive(courseId: string): Promise<void> {
  while ((await installation.db.prisma.membership.count({ where: { courseId } })) === 0) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
