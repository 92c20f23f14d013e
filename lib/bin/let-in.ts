import { isCodedError } from "#lib/errors.ts";
import { listOperators } from "#lib/operations/operators/operators.ts";
import { allowPasswords } from "#lib/operations/single-sign-on/settings.ts";
import { createPasswordLink } from "#lib/operations/passwords/password-links.ts";
import { startRuntime } from "#lib/runtime.ts";
import { shutDown } from "#lib/shutdown.ts";
import { loadEnvFile } from "./process/env-file.ts";

const USAGE = "Usage: npm run let-in -- <e-mail of an admin>";
const LINK_HOURS = 1;

loadEnvFile();
// One statement is all that this process does, whatever the web processes are set to.
process.env.ROLLBOOK_WORKER = "off";
process.env.ROLLBOOK_LOG_LEVEL ??= "error";

process.exitCode = await main(process.argv[2]?.trim().toLowerCase()).catch((error: unknown) => {
  console.error(isCodedError(error) ? `Cannot let anybody in: ${error.message}.` : error);
  return 2;
});
await shutDown();
process.exit();

/** The way back in for an admin who is locked out. 0: a link was made; 1: there is no such admin. */
async function main(email: string | undefined): Promise<number> {
  if (!email) return refused(USAGE);
  const runtime = await startRuntime();
  const caller = runtime.askerFor({ kind: "system", id: "system", name: "Terminal" });
  const admins = (await listOperators(caller)).items.filter(({ role }) => role === "admin");
  const admin = admins.find((each) => each.email === email);
  if (!admin) {
    const known = admins.map((each) => each.email).join(", ") || "none";
    return refused(`No admin has the e-mail ${email}. Admins: ${known}.`);
  }
  await allowPasswords(caller);
  const made = await createPasswordLink(caller, {
    operatorId: admin.id,
    expiresInHours: LINK_HOURS,
  });
  console.log(`${admin.name} chooses a password here, once, until ${made.expiresAt}:\n${made.url}`);
  return 0;
}

function refused(words: string): number {
  console.error(words);
  return 1;
}
