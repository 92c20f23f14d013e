import type { Actor } from "#lib/auth/actor.ts";
import { hashOperatorPassword } from "#lib/auth/password.ts";
import { isSetupCode } from "#lib/auth/setup-code.ts";
import { type Db, transaction } from "#lib/db/client.ts";
import {
  countOperators,
  deleteOperator,
  hasOperatorWithEmail,
  insertOperator,
  listOperators as storedOperators,
  lockOperators,
  type OperatorRow,
} from "#lib/db/operators/operators.ts";
import { audit } from "../audit/trail.ts";
import type { Caller } from "../caller.ts";
import { Conflict, InvalidInput, NotFound } from "../errors.ts";
import type { OperatorView } from "./schema.ts";
import { FirstOperatorInput, OperatorInput } from "./sign-in-schema.ts";
import { validated } from "../validated.ts";

const SYSTEM: Actor = { kind: "system", id: "system", name: "Rollbook" };

export async function hasOperator(db: Db): Promise<boolean> {
  return (await countOperators(db)) > 0;
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
  await transaction(db, async (tx) => {
    await lockOperators(tx);
    if ((await countOperators(tx)) > 0) throw new Conflict("somebody can sign in here already");
    const operator = newOperator({ name, email, passwordHash });
    await insertOperator(tx, operator);
    await auditOperator(tx, SYSTEM, "operator.create", operator);
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
  if (await hasOperatorWithEmail(db, address)) return { created: false };
  const passwordHash = await hashOperatorPassword(password);
  return transaction(db, async (tx) => {
    await lockOperators(tx);
    if (await hasOperatorWithEmail(tx, address)) return { created: false };
    const operator = newOperator({ name: address.split("@")[0] ?? address, email, passwordHash });
    await insertOperator(tx, operator);
    await auditOperator(tx, SYSTEM, "operator.create", operator);
    return { created: true };
  });
}

export async function listOperators({ db }: Caller): Promise<{ items: OperatorView[] }> {
  return { items: (await storedOperators(db)).map(viewOf) };
}

/** @throws Conflict  somebody has this e-mail already */
export async function addOperator(caller: Caller, input: OperatorInput): Promise<OperatorView> {
  const { name, email, password } = validated(OperatorInput, input);
  const passwordHash = await hashOperatorPassword(password);
  return transaction(caller.db, async (tx) => {
    await lockOperators(tx);
    const operator = newOperator({ name, email, passwordHash });
    if (await hasOperatorWithEmail(tx, operator.email)) {
      const reason = "somebody has this e-mail already";
      throw new Conflict(reason, { email: [reason] });
    }
    await insertOperator(tx, operator);
    await auditOperator(tx, caller.actor, "operator.create", operator);
    return viewOf({ ...operator, createdAt: caller.now(), lastSeenAt: null });
  });
}

/**
 * Ends an operator's sessions and forgets the password; what the operator did stays on record.
 *
 * @throws Conflict  it is the caller, or the last one who can sign in
 */
export async function removeOperator(
  caller: Caller,
  { operatorId }: { operatorId: string },
): Promise<OperatorView> {
  return transaction(caller.db, async (tx) => {
    await lockOperators(tx);
    const operators = await storedOperators(tx);
    const operator = operators.find(({ id }) => id === operatorId);
    if (!operator) throw new NotFound("operator", operatorId);
    if (operator.id === caller.actor.id) throw new Conflict("nobody can remove themselves");
    if (operators.length === 1) throw new Conflict("somebody must be able to sign in");
    await deleteOperator(tx, operator.id);
    await auditOperator(tx, caller.actor, "operator.remove", operator);
    return viewOf(operator);
  });
}

/** Puts on record that the caller has a new password. */
export async function recordPasswordChange({ db, actor }: Caller): Promise<void> {
  const entry = { action: "operator.change_password", object: "operator", objectId: actor.id };
  await transaction(db, (tx) => audit(tx, actor, entry));
}

function viewOf({ id, name, email, createdAt, lastSeenAt }: OperatorRow): OperatorView {
  return {
    id,
    name,
    email,
    createdAt: createdAt.toISOString(),
    lastSeenAt: lastSeenAt?.toISOString() ?? null,
  };
}

function newOperator(operator: { name: string; email: string; passwordHash: string }) {
  return { ...operator, id: crypto.randomUUID(), email: operator.email.trim().toLowerCase() };
}

async function auditOperator(
  tx: Parameters<typeof audit>[0],
  actor: Actor,
  action: string,
  { id, email }: { id: string; email: string },
): Promise<void> {
  await audit(tx, actor, { action, object: "operator", objectId: id, detail: { email } });
}
