import type { SessionRules } from "#lib/auth/sign-in/store.ts";
import { saveSessionRules, sessionRules } from "#lib/db/sign-in/settings.ts";
import { transaction } from "#lib/db/client.ts";
import { audit, changesBetween } from "../audit/trail.ts";
import type { Asker, Caller } from "../caller.ts";
import { Conflict } from "../errors.ts";
import { permit, permitProven } from "../permit.ts";
import { validated } from "../validated.ts";
import { SessionLimits, SignInRules } from "./schema.ts";

export async function getSessionLimits(asker: Asker): Promise<SessionLimits> {
  const { db } = await permit(asker, "admin", "everywhere");
  return limitsOf(await sessionRules(db));
}

/** Holds for sessions under way, too. */
export async function changeSessionLimits(
  asker: Asker,
  input: SessionLimits,
): Promise<SessionLimits> {
  const caller = await permitProven(asker, "admin", "everywhere");
  const limits = validated(SessionLimits, input);
  return limitsOf(await change(caller, "session.change_limits", limits));
}

/** When people are asked again who they are, and of whom a second factor is asked. */
export async function getSignInRules(asker: Asker): Promise<SignInRules> {
  const { db } = await permit(asker, "admin", "everywhere");
  return rulesOf(await sessionRules(db));
}

/**
 * Holds for sessions under way, too.
 *
 * @throws Conflict  who asks it of admins is one, and has no second factor
 */
export async function changeSignInRules(asker: Asker, input: SignInRules): Promise<SignInRules> {
  const caller = await permitProven(asker, "admin", "everywhere");
  const rules = validated(SignInRules, input);
  const { actor } = caller;
  if (
    rules.adminsNeedSecondFactor &&
    actor.kind === "operator" &&
    !actor.session?.hasSecondFactor
  ) {
    const reason = "set up a second factor of your own first";
    throw new Conflict(reason, { adminsNeedSecondFactor: [reason] });
  }
  return rulesOf(await change(caller, "session.change_rules", rules));
}

async function change(
  caller: Caller,
  action: string,
  given: SessionLimits | SignInRules,
): Promise<SessionRules> {
  return transaction(caller.db, async (tx) => {
    const before = await sessionRules(tx);
    const rules = { ...before, ...given };
    await saveSessionRules(tx, rules);
    const changes = changesBetween(before, rules);
    const entry = { action, object: "installation", objectId: null };
    await audit(tx, caller, { ...entry, detail: { changes } });
    return rules;
  });
}

function limitsOf({ idleHours, longestHours }: SessionRules): SessionLimits {
  return { idleHours, longestHours };
}

function rulesOf({ askAgainMinutes, adminsNeedSecondFactor }: SessionRules): SignInRules {
  return { askAgainMinutes, adminsNeedSecondFactor };
}
