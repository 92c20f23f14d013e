import { setTimeout as delay } from "node:timers/promises";
import {
  getConnectionTest,
  testConnection,
} from "#lib/operations/connection-tests/connection-tests.ts";
import type { Asker } from "#lib/operations/caller.ts";
import type { RegistrationView } from "#lib/operations/registrations/schema.ts";
import { findRegistrations } from "./doctor/find-registrations.ts";
import { runOnce, terminalCaller } from "./process/run-once.ts";
import { endedSteps, stepText } from "./doctor/step-text.ts";

const USAGE = "Usage: npm run doctor -- <registration's name or ID> | --all";
const LOOK_EVERY_MS = 250;

await runOnce("Cannot test", main);

/** 0: nothing failed; 1: some test failed; 2: there was nothing to test. */
async function main(args: string[]): Promise<number> {
  const [wanted, ...others] = args;
  if (wanted === undefined || others.length > 0) {
    console.error(USAGE);
    return 2;
  }
  const caller = await terminalCaller();
  const registrations = await findRegistrations(caller, wanted);
  if (registrations.length === 0) {
    console.error(
      wanted === "--all" ? "There is no registration." : `No registration is called ${wanted}.`,
    );
    return 2;
  }
  let hasFailed = false;
  for (const registration of registrations) {
    hasFailed = (await testOne(caller, registration)) === "failed" || hasFailed;
  }
  return hasFailed ? 1 : 0;
}

/** Starts a test and prints each step as it ends; an interrupted test counts as failed. */
async function testOne(caller: Asker, { id, name }: RegistrationView): Promise<string> {
  console.log(`\n${name}`);
  await testConnection(caller, { registrationId: id });
  let printed = 0;
  for (;;) {
    const test = await getConnectionTest(caller, { registrationId: id });
    const ended = test ? endedSteps(test.steps) : [];
    for (const step of ended.slice(printed)) console.log(stepText(step));
    printed = ended.length;
    if (test && test.state !== "running") return test.verdict ?? "failed";
    await delay(LOOK_EVERY_MS);
  }
}
