import { ROLLBOOK } from "#lib/auth/actor.ts";
import { hashOperatorPassword } from "#lib/auth/secrets/password.ts";
import { isSetupCode } from "#lib/auth/secrets/setup-code.ts";
import { type Db, transaction } from "#lib/db/client.ts";
import {
  countOperators,
  deleteOperator,
  hasOperatorWithEmail,
  insertOperator,
  listOperators as storedOperators,
  lockOperators,
  type NewOperator,
  type OperatorRow,
  updateOperatorAccess,
} from "#lib/db/operators/operators.ts";
import { rightsOfRole } from "#lib/auth/rights.ts";
import type { AuditDetail } from "#lib/db/audit/entries.ts";
import { audit, changesBetween, type DoneBy } from "../audit/trail.ts";
import type { Asker } from "../caller.ts";
import { permit, permitProven } from "../permit.ts";
import { Conflict, InvalidInput, NotFound } from "../errors.ts";
import { handsOn } from "./handing-on.ts";
import { OperatorAccess, OperatorInput, type OperatorView } from "./schema.ts";
import { requireUnguessable } from "../passwords/new-password.ts";
import { FirstOperatorInput } from "./sign-in-schema.ts";
import { requireTyped, validated } from "../validated.ts";

/** Who sets an installation up may do everything in it. */
const FIRST = { role: "admin", seesNames: true, registrationIds: [] as string[] } as const;

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
  await requireUnguessable({ password }, [name, email]);
  const passwordHash = await hashOperatorPassword(password);
  await transaction(db, async (tx) => {
    await lockOperators(tx);
    if ((await countOperators(tx)) > 0) throw new Conflict("somebody can sign in here already");
    const operator = newOperator({ ...FIRST, name, email, passwordHash });
    await insertOperator(tx, operator);
    await auditOperator(tx, ROLLBOOK, "operator.create", operator);
  });
}

export async function listOperators(asker: Asker): Promise<{ items: OperatorView[] }> {
  const { db } = await permit(asker, "admin", "everywhere");
  return { items: (await storedOperators(db)).map(operatorView) };
}

/**
 * @throws Conflict      somebody has this e-mail already
 * @throws NotPermitted  the new operator would see names, and the asker does not
 */
export async function addOperator(asker: Asker, input: OperatorInput): Promise<OperatorView> {
  const caller = await permitProven(asker, "admin", "everywhere");
  const { password, ...given } = validated(OperatorInput, input);
  handsOn(caller.actor, rightsOfRole(given.role, given));
  await requireUnguessable({ password }, [given.name, given.email]);
  const passwordHash = await hashOperatorPassword(password);
  return transaction(caller.db, async (tx) => {
    const operator = newOperator({ ...given, passwordHash });
    await insertNewOperator(tx, operator);
    await auditOperator(tx, caller, "operator.create", operator);
    return operatorView(await requiredOperator(tx, operator.id));
  });
}

/** @throws Conflict  somebody has this e-mail already */
export async function insertNewOperator(tx: Db, operator: NewOperator): Promise<void> {
  await lockOperators(tx);
  if (await hasOperatorWithEmail(tx, operator.email)) {
    const reason = "somebody has this e-mail already";
    throw new Conflict(reason, { email: [reason] });
  }
  await insertOperator(tx, operator);
}

/**
 * Changes what an operator may do, from the next request on.
 *
 * @throws Conflict      it is the caller, or no admin would be left
 * @throws NotPermitted  the operator would see names, and the asker does not
 */
export async function changeOperatorAccess(
  asker: Asker,
  { operatorId, ...input }: { operatorId: string } & OperatorAccess,
): Promise<OperatorView> {
  const caller = await permitProven(asker, "admin", "everywhere");
  const access = validated(OperatorAccess, input);
  handsOn(caller.actor, rightsOfRole(access.role, access));
  return transaction(caller.db, async (tx) => {
    await lockOperators(tx);
    const operators = await storedOperators(tx);
    const operator = among(operators, operatorId);
    if (operator.id === caller.actor.id) throw new Conflict("nobody can change their own role");
    if (access.role !== "admin") requireOtherAdmin(operators, operator.id);
    await updateOperatorAccess(tx, operator.id, access);
    const { role, seesNames, registrationIds } = operator;
    const changes = changesBetween({ role, seesNames, registrationIds }, access);
    await auditOperator(tx, caller, "operator.change_access", operator, { changes });
    return operatorView({ ...operator, ...access });
  });
}

/**
 * Ends an operator's sessions and forgets the password; what the operator did stays on record.
 *
 * @throws Conflict      it is the caller, or no admin would be left
 * @throws InvalidInput  a confirmation is given, and it is not the operator's e-mail
 */
export async function removeOperator(
  asker: Asker,
  { operatorId, confirmation }: { operatorId: string; confirmation?: string },
): Promise<OperatorView> {
  const caller = await permitProven(asker, "admin", "everywhere");
  return transaction(caller.db, async (tx) => {
    await lockOperators(tx);
    const operators = await storedOperators(tx);
    const operator = among(operators, operatorId);
    if (operator.id === caller.actor.id) throw new Conflict("nobody can remove themselves");
    requireOtherAdmin(operators, operator.id);
    requireTyped(confirmation, operator.email);
    await deleteOperator(tx, operator.id);
    await auditOperator(tx, caller, "operator.remove", operator);
    return operatorView(operator);
  });
}

/** Refuses a new password that others would guess. @throws InvalidInput */
export async function checkNewPassword(asker: Asker, { next }: { next: string }): Promise<void> {
  const { actor } = await permit(asker, "read", "own");
  if (actor.kind === "operator") await requireUnguessable({ next }, [actor.name, actor.email]);
}

/** Puts on record that the caller has a new password. */
export async function recordPasswordChange(asker: Asker): Promise<void> {
  const { db, actor } = await permit(asker, "read", "own");
  const entry = { action: "operator.change_password", object: "operator", objectId: actor.id };
  await transaction(db, (tx) => audit(tx, actor, entry));
}

/** @throws NotFound */
export async function requiredOperator(db: Db, operatorId: string): Promise<OperatorRow> {
  return among(await storedOperators(db), operatorId);
}

function among(operators: OperatorRow[], operatorId: string): OperatorRow {
  const operator = operators.find(({ id }) => id === operatorId);
  if (!operator) throw new NotFound("operator", operatorId);
  return operator;
}

/** @throws Conflict  without this operator nobody could look after people and keys */
function requireOtherAdmin(operators: OperatorRow[], operatorId: string): void {
  if (!hasOtherAdmin(operators, operatorId))
    throw new Conflict("somebody must be able to sign in as an admin");
}

export function hasOtherAdmin(operators: OperatorRow[], operatorId: string): boolean {
  return operators.some(({ id, role }) => id !== operatorId && role === "admin");
}

export function operatorView({
  createdAt,
  lastSeenAt,
  linkEndsAt,
  ...operator
}: OperatorRow): OperatorView {
  const { id, name, email, role, seesNames, registrationIds } = operator;
  const { signsInBy, secondFactors, accessByRule } = operator;
  return {
    id,
    name,
    email,
    role,
    seesNames,
    registrationIds: [...registrationIds],
    createdAt: createdAt.toISOString(),
    lastSeenAt: lastSeenAt?.toISOString() ?? null,
    signsInBy,
    secondFactors,
    accessByRule,
    linkEndsAt: linkEndsAt?.toISOString() ?? null,
  };
}

/** An operator as it is stored; each e-mail is kept in lower case. */
export function newOperator(operator: Omit<NewOperator, "id">): NewOperator {
  return { ...operator, id: crypto.randomUUID(), email: operator.email.trim().toLowerCase() };
}

export async function auditOperator(
  tx: Parameters<typeof audit>[0],
  by: DoneBy,
  action: string,
  { id, email, role }: Pick<NewOperator, "id" | "email" | "role">,
  detail: AuditDetail = { role },
): Promise<void> {
  const object = { object: "operator", objectId: id };
  await audit(tx, by, { action, ...object, detail: { email, ...detail } });
}
