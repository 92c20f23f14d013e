import { isCodedError } from "#lib/errors.ts";
import { erasePerson, exportPerson } from "#lib/operations/privacy/people.ts";
import { startRuntime } from "#lib/runtime.ts";
import { shutDown } from "#lib/shutdown.ts";
import { findRegistrations } from "./doctor/find-registrations.ts";
import { loadEnvFile } from "./process/env-file.ts";

const USAGE =
  "Usage: npm run --silent person -- export|erase <registration's name or ID> <user ID>";

loadEnvFile();
// This is all that the process does, whatever the web processes are set to.
process.env.ROLLBOOK_WORKER = "off";
process.env.ROLLBOOK_LOG_LEVEL ??= "error";

process.exitCode = await main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(isCodedError(error) ? `Not done: ${error.message}.` : error);
  return 2;
});
await shutDown();
process.exit();

/** Prints what is held of a person, or the report of the erasure, as JSON. 0: done; 2: not. */
async function main([act, wanted, userId, ...more]: string[]): Promise<number> {
  const acts = { export: exportPerson, erase: erasePerson };
  if ((act !== "export" && act !== "erase") || !wanted || !userId || more.length > 0) {
    console.error(USAGE);
    return 2;
  }
  const runtime = await startRuntime();
  const caller = runtime.askerFor({ kind: "system", id: "system", name: "Terminal" });
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
