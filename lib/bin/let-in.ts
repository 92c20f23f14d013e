import { listOperators } from "#lib/operations/operators/operators.ts";
import { allowPasswords } from "#lib/operations/single-sign-on/settings.ts";
import { createWayIn } from "#lib/operations/passwords/password-links.ts";
import { runOnce, terminalCaller } from "./process/run-once.ts";

const USAGE = "Usage: npm run let-in -- <e-mail of an admin>";
const LINK_HOURS = 1;

await runOnce("Cannot let anybody in", main);

/** The way back in for an admin who is locked out. 0: a link was made; 1: there is no such admin. */
async function main([given]: string[]): Promise<number> {
  const email = given?.trim().toLowerCase();
  if (!email) return refused(USAGE);
  const caller = await terminalCaller();
  const admins = (await listOperators(caller)).items.filter(({ role }) => role === "admin");
  const admin = admins.find((each) => each.email === email);
  if (!admin) {
    const known = admins.map((each) => each.email).join(", ") || "none";
    return refused(`No admin has the e-mail ${email}. Admins: ${known}.`);
  }
  await allowPasswords(caller);
  const made = await createWayIn(caller, {
    operatorId: admin.id,
    expiresInHours: LINK_HOURS,
  });
  if (admin.secondFactors.length > 0)
    console.log(
      "The link takes the second factor and all passkeys away as well; set one up again at once.",
    );
  console.log(`${admin.name} chooses a password here, once, until ${made.expiresAt}:\n${made.url}`);
  return 0;
}

function refused(words: string): number {
  console.error(words);
  return 1;
}
