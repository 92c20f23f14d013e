import type { Actor } from "#lib/auth/actor.ts";
import { hashOperatorPassword } from "#lib/auth/password.ts";
import { isSetupCode } from "#lib/auth/setup-code.ts";
import { type Db, inTransaction } from "#lib/db/client.ts";
import {
  countOperators,
  hasOperatorWithEmail,
  insertOperator,
  lockOperators,
} from "#lib/db/operators.ts";
import { audit } from "./audit-trail.ts";
import { Conflict, InvalidInput } from "./errors.ts";
import { FirstOperatorInput } from "./schemas/sign-in.ts";
import { validated } from "./validated.ts";

const SYSTEM: Actor = { kind: "system", id: "system", name: "Rollbook" };

export async function hasOperator(db: Db): Promise<boolean> {
  return (await countOperators(db.prisma)) > 0;
}

/**
 * Adds the first operator, for whoever can read the server's log.
 *
 * @throws InvalidInput  the set-up code is not the one in the log
 * @throws Conflict      somebody can sign in already
 */
export async function createFirstOperator(
  { db, secret }: { db: Db; secret: string },
  input: FirstOperatorInput,
): Promise<void> {
  const { setupCode, name, email, password } = validated(FirstOperatorInput, input);
  if (!isSetupCode(secret, setupCode)) {
    throw new InvalidInput({ setupCode: ["this is not the set-up code in the server's log"] });
  }
  const passwordHash = await hashOperatorPassword(password);
  await inTransaction(db, async (tx) => {
    await lockOperators(tx);
    if ((await countOperators(tx)) > 0) throw new Conflict("somebody can sign in here already");
    const operator = newOperator({ name, email, passwordHash });
    await insertOperator(tx, operator);
    await auditCreation(tx, operator);
  });
}

/**
 * Adds the operator that the environment names, unless someone has that e-mail: an operator
 * who is there keeps the password, so that a restart never undoes a change of it. A second
 * e-mail in the environment is the way back in for who is locked out.
 */
export async function ensureOperator(
  db: Db,
  { email, password }: { email: string; password: string },
): Promise<{ created: boolean }> {
  const address = email.trim().toLowerCase();
  if (await hasOperatorWithEmail(db.prisma, address)) return { created: false };
  const passwordHash = await hashOperatorPassword(password);
  return inTransaction(db, async (tx) => {
    await lockOperators(tx);
    if (await hasOperatorWithEmail(tx, address)) return { created: false };
    const operator = newOperator({ name: address.split("@")[0] ?? address, email, passwordHash });
    await insertOperator(tx, operator);
    await auditCreation(tx, operator);
    return { created: true };
  });
}

function newOperator(operator: { name: string; email: string; passwordHash: string }) {
  return { ...operator, id: crypto.randomUUID(), email: operator.email.trim().toLowerCase() };
}

async function auditCreation(
  tx: Parameters<typeof audit>[0],
  operator: { id: string; email: string },
) {
  const detail = { email: operator.email };
  await audit(tx, SYSTEM, {
    action: "operator.create",
    object: "operator",
    objectId: operator.id,
    detail,
  });
}
