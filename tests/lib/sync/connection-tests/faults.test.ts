import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Step } from "#lib/connection-test/index.ts";
import { CONNECTION_FAULTS } from "./connection-faults.ts";
import { DoctorStage } from "#tests/support/doctor-stage.ts";
import { faultPage, withoutChance, type Said } from "./fault-table.ts";
import { SERVICE_FAULTS } from "./service-faults.ts";
import { TOKEN_FAULTS } from "./token-faults.ts";

const FAULTS = [...CONNECTION_FAULTS, ...TOKEN_FAULTS, ...SERVICE_FAULTS];
const page = fileURLToPath(new URL("../../../../docs/connection-test.md", import.meta.url));

const said: Said[] = [];
let stage: DoctorStage;

beforeAll(async () => {
  stage = await DoctorStage.start();
});
afterAll(() => stage.stop());

describe("a connection test names the cause of", () => {
  test.each(FAULTS)("$fault", async (fault) => {
    await stage.set({ profile: fault.profile });
    await fault.arrange(stage);
    const { steps, verdict, audienceProbe } = await stage.test({ isGuarded: fault.isGuarded });
    const step = steps.find(({ key }) => key === fault.step) as Step;
    said.push({ fault, step: withoutChance(step, namesOf(stage)) });

    const { state, owner } = fault;
    expect(step).toMatchObject({ state, owner });
    expect(step.cause).toMatch(fault.names);
    expect(step.fix).toBeTruthy();
    expect(verdict).toBe(state === "skipped" ? "passed" : worstOf(steps));
    expect(audienceProbe?.offered ?? false).toBe(fault.isProbeOffered ?? false);
    expect(JSON.stringify(steps)).not.toMatch(/eyJ[\w-]+\.[\w-]+\./);
    expect(stage.installation.errors).toEqual([]);
  });

  test("every fault, in the words that docs/connection-test.md lists", async () => {
    expect(said.length).toBe(FAULTS.length);
    await expect(await faultPage(said, page)).toMatchFileSnapshot(page);
  });
});

function worstOf(steps: readonly { state: string }[]): string {
  return steps.some(({ state }) => state === "failed") ? "failed" : "warned";
}

function namesOf({ publicUrl, registration }: DoctorStage): Record<string, string> {
  return {
    [publicUrl]: "https://rollbook.example.edu",
    "http://127.0.0.1:9/": "https://rollbook.example.edu/",
    "127.0.0.1:9;": "rollbook.example.edu;",
    [registration.clientId]: "10000000000042",
  };
}
