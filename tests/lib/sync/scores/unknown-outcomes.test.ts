import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { SCOPE } from "#lib/lti/index.ts";
import { cancelRun, getRun, listOutcomes } from "#lib/operations/runs/runs.ts";
import { gradedCourse, startGradeSync, until } from "#tests/support/grading.ts";
import { register, startInstallation, type Installation } from "#tests/support/installation.ts";
import {
  startPlatform,
  type FaultInput,
  type PlatformClient,
} from "#tests/support/platform/index.ts";
import { operatorOf } from "#tests/support/rosters.ts";

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

type Case = { faults: FaultInput[]; allowedScopes?: string[] };

const CUT = { kind: "cut", when: "before", route: "scores" } as const;

/** What the first outcome of a score says whose answer never comes. */
async function toldOf({ faults, allowedScopes }: Case) {
  const registration = await register(installation, platform, { allowedScopes });
  const { clientId } = registration;
  const made = await gradedCourse(installation, platform, { scores: 1, registration });
  for (const fault of faults) await platform.misbehave({ ...fault, clientId });
  const { id: runId } = await startGradeSync(installation, made);
  const caller = operatorOf(installation);
  await until(async () => (await listOutcomes(caller, { runId })).items.length > 0);
  const { items } = await listOutcomes(caller, { runId });
  const { waitReason } = await getRun(caller, { runId });
  await cancelRun(caller, { runId }).catch(() => undefined);
  await platform.behave({});
  return { first: items[0]!, waitReason };
}

describe("a score without an answer", () => {
  test("says that the platform was asked and does not have it", async () => {
    const { first } = await toldOf({ faults: [CUT] });
    expect(first).toMatchObject({ kind: "unknown" });
    expect(first.problem!.message).toContain("asked for afterwards, it was not there");
  });

  test("says that nobody could be asked while the platform is away", async () => {
    const away = { kind: "error_page", status: 502, route: "results" } as const;
    const { first } = await toldOf({ faults: [CUT, away] });
    expect(first).toMatchObject({ kind: "unknown" });
    expect(first.problem!.message).toMatch(/could not be asked for: the platform is unavailable/);
  });

  test("says that the scope to ask is missing", async () => {
    const allowedScopes = [SCOPE.score, SCOPE.memberships];
    const { first } = await toldOf({ faults: [CUT], allowedScopes });
    expect(first).toMatchObject({ kind: "unknown" });
    expect(first.problem!.message).toContain("lacks the scope to read results");
  });

  test("says until when the platform is not to be asked", async () => {
    const maintenance = {
      kind: "error_json",
      status: 503,
      body: {},
      headers: { "retry-after": "300" },
      route: "scores",
    } as const;
    const { first } = await toldOf({ faults: [maintenance] });
    expect(first).toMatchObject({ kind: "unknown" });
    expect(first.problem!.message).toMatch(/could not be asked for: .* not to be asked before 2/);
  });
});
