import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  approveRegistration,
  declineRegistration,
} from "#lib/operations/registrations/approvals.ts";
import type { Caller } from "#lib/operations/caller.ts";
import { startInstallation, register, type Installation } from "#tests/support/installation.ts";
import { callerOf } from "#tests/support/launching.ts";
import { startPlatformInProcess, type PlatformClient } from "#tests/support/platform/index.ts";

let installation: Installation;
let platform: PlatformClient;
let caller: Caller;

beforeAll(async () => {
  installation = await startInstallation({ isWorker: false });
  platform = await startPlatformInProcess();
  caller = callerOf(installation);
});
afterAll(async () => {
  await platform.stop();
  await installation.stop();
});

/** As the LMS's own registration leaves it. */
async function pendingRegistration(): Promise<string> {
  const { id } = await register(installation, platform);
  await caller.db.prisma.registration.update({ where: { id }, data: { state: "pending" } });
  return id;
}

describe("a registration that waits for approval", () => {
  test("stays declined, with a way back", async () => {
    const registrationId = await pendingRegistration();
    expect((await declineRegistration(caller, { registrationId })).state).toBe("declined");
    expect((await approveRegistration(caller, { registrationId })).state).toBe("active");
  });

  test("is decided about once, whoever looks at an old page", async () => {
    const registrationId = await pendingRegistration();
    await approveRegistration(caller, { registrationId });
    const { prisma } = caller.db;
    await prisma.deployment.create({
      data: { registrationId, deploymentId: "unknown", state: "pending" },
    });
    const late = { code: "operation.conflict" };
    await expect(approveRegistration(caller, { registrationId })).rejects.toMatchObject(late);
    await expect(declineRegistration(caller, { registrationId })).rejects.toMatchObject(late);
    const where = { registrationId, deploymentId: "unknown" };
    expect(await prisma.deployment.findFirst({ where })).toMatchObject({ state: "pending" });
  });
});
