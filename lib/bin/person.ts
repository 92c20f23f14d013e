import { erasePerson, exportPerson } from "#lib/operations/privacy/people.ts";
import { findRegistrations } from "./doctor/find-registrations.ts";
import { runOnce, terminalCaller } from "./process/run-once.ts";

const USAGE =
  "Usage: npm run --silent person -- export|erase <registration's name or ID> <user ID>";

await runOnce("Not done", main);

/** Prints what is held of a person, or the report of the erasure, as JSON. 0: done; 2: not. */
async function main([act, wanted, userId, ...more]: string[]): Promise<number> {
  const acts = { export: exportPerson, erase: erasePerson };
  if ((act !== "export" && act !== "erase") || !wanted || !userId || more.length > 0) {
    console.error(USAGE);
    return 2;
  }
  const caller = await terminalCaller();
  const [registration, ...others] = await findRegistrations(caller, wanted);
  if (!registration || others.length > 0) {
    console.error(
      registration
        ? `Several are called ${wanted}: give the ID.`
        : `No registration is called ${wanted}.`,
    );
    return 2;
  }
  const done = await acts[act](caller, { registrationId: registration.id, userId });
  console.log(JSON.stringify(done, null, 2));
  return 0;
}
