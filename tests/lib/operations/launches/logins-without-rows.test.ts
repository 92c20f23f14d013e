import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import { openLaunchState, sealLaunchState } from "#lib/auth/secrets/launch-state.ts";
import { beginLogin } from "#lib/operations/launches/index.ts";
import { loginParameters, startLaunchStage } from "#tests/support/launching.ts";
import { useInstallation } from "#tests/support/use-installation.ts";

const { installation, platform } = useInstallation({ isWorker: false });

test("4,000 logins that nobody finishes leave no row and take no memory", async () => {
  const { caller, registration } = await startLaunchStage(installation, platform);
  const parameters = loginParameters(registration);
  const begin = async (count: number) => {
    for (let i = 0; i < count; i += 50)
      await Promise.all(Array.from({ length: 50 }, () => beginLogin(caller, parameters)));
  };
  await begin(1_000);
  const before = heldMemory();
  await begin(3_000);
  expect(await installation.db.prisma.launch.count()).toBe(0);
  expect(heldMemory() - before).toBeLessThan(60_000_000);
}, 60_000);

/** In bytes, without what is only waiting to be collected. */
function heldMemory(): number {
  setFlagsFromString("--expose-gc");
  (runInNewContext("gc") as () => void)();
  return process.memoryUsage().heapUsed;
}

const key = Buffer.alloc(32, 7);
const facts = {
  registrationId: "01939f2e-0000-7000-8000-000000000001",
  targetHash: "ab".repeat(32),
  expiresAt: new Date(1_790_000_000_000),
};

test("a state carries what the launch needs, and no two are the same", () => {
  const state = sealLaunchState(key, facts);
  expect(openLaunchState(key, state)).toEqual(facts);
  expect(state.length).toBeLessThanOrEqual(200);
  expect(sealLaunchState(key, facts)).not.toBe(state);
});

test("a state that was altered anywhere, cut, spelled otherwise or made elsewhere is none of ours", () => {
  const state = sealLaunchState(key, facts);
  const bytes = Buffer.from(state, "base64url");
  for (let at = 0; at < bytes.length; at++) {
    const altered = Buffer.from(bytes);
    altered[at]! ^= 1;
    expect(openLaunchState(key, altered.toString("base64url"))).toBeUndefined();
  }
  const others = [state.slice(0, -4), `${state}=`, `${state}A`, "", "x", bytes.toString("base64")];
  for (const other of others)
    if (other !== state) expect(openLaunchState(key, other)).toBeUndefined();
  expect(openLaunchState(Buffer.alloc(32, 8), state)).toBeUndefined();
});
