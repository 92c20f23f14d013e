import { type Actor, actorName } from "#lib/auth/actor.ts";
import { hashOperatorPassword } from "#lib/auth/secrets/password.ts";
import { hashToken, newToken } from "#lib/auth/secrets/one-time-token.ts";
import { type Access, rightsOfRole } from "#lib/auth/rights.ts";
import { type Db, transaction } from "#lib/db/client.ts";
import { deleteSecondFactors } from "#lib/db/sign-in/second-factors.ts";
import type { Person } from "#lib/auth/sign-in/store.ts";
import {
  findLinked,
  type LinkedOperator,
  replaceLink,
  setPassword,
  takeLink,
} from "#lib/db/sign-in/links.ts";
import { audit } from "../audit/trail.ts";
import type { Asker, Caller, RequestOrigin } from "../caller.ts";
import { NotFound } from "../errors.ts";
import { permitProven } from "../permit.ts";
import { validated } from "../validated.ts";
import { handsOn } from "../operators/handing-on.ts";
import {
  ChosenPassword,
  OperatorInvitation,
  type PasswordLink,
  PasswordLinkInput,
} from "./link-schema.ts";
import { requireUnguessable } from "./new-password.ts";
import {
  auditOperator,
  insertNewOperator,
  newOperator,
  operatorView,
  requiredOperator,
} from "../operators/operators.ts";

const HOUR_MS = 3_600_000;

/**
 * Lets somebody in who then chooses a password, by a link that is in this answer and nowhere else.
 *
 * @throws Conflict      somebody has this e-mail already
 * @throws NotPermitted  the new operator would see names, and the asker does not
 */
export async function inviteOperator(
  asker: Asker,
  input: OperatorInvitation,
): Promise<PasswordLink> {
  const caller = await permitProven(asker, "admin", "everywhere");
  const { expiresInHours, ...given } = validated(OperatorInvitation, input);
  handsOn(caller.actor, rightsOfRole(given.role, given));
  return transaction(caller.db, async (tx) => {
    const operator = newOperator({ ...given, passwordHash: null });
    await insertNewOperator(tx, operator);
    await auditOperator(tx, caller, "operator.invite", operator);
    const wanted = { operatorId: operator.id, expiresInHours, resetsSecondFactor: false };
    return linkFor(tx, caller, wanted);
  });
}

/**
 * Makes a link by which an operator chooses a new password; the present one is good until then,
 * and a link made before is not any more.
 *
 * @throws NotPermitted  the operator sees names, and the asker does not
 */
export async function createPasswordLink(
  asker: Asker,
  given: { operatorId: string } & PasswordLinkInput,
): Promise<PasswordLink> {
  return makeLink(asker, given, false);
}

/** The same for who is locked out: its use takes the second factor away, too. */
export async function createWayIn(
  asker: Asker,
  given: { operatorId: string } & PasswordLinkInput,
): Promise<PasswordLink> {
  return makeLink(asker, given, true);
}

async function makeLink(
  asker: Asker,
  { operatorId, ...input }: { operatorId: string } & PasswordLinkInput,
  resetsSecondFactor: boolean,
): Promise<PasswordLink> {
  const caller = await permitProven(asker, "admin", "everywhere");
  const { expiresInHours } = validated(PasswordLinkInput, input);
  return transaction(caller.db, async (tx) => {
    const operator = await requiredOperator(tx, operatorId);
    // Whoever makes the link could use it.
    handsOn(caller.actor, rightsOfRole(operator.role, operator));
    const detail = { role: operator.role, ...(resetsSecondFactor && { resetsSecondFactor }) };
    await auditOperator(tx, caller, "operator.make_password_link", operator, detail);
    return linkFor(tx, caller, { operatorId, expiresInHours, resetsSecondFactor });
  });
}

async function linkFor(
  tx: Db,
  { actor, settings, now }: Caller,
  wanted: { operatorId: string; expiresInHours: number; resetsSecondFactor: boolean },
): Promise<PasswordLink> {
  const { operatorId, expiresInHours, resetsSecondFactor } = wanted;
  const token = newToken();
  const expiresAt = new Date(now().getTime() + expiresInHours * HOUR_MS);
  const link = { hash: hashToken(token), userId: operatorId, createdBy: actorName(actor) };
  await replaceLink(tx, { ...link, expiresAt, resetsSecondFactor });
  return {
    operator: operatorView(await requiredOperator(tx, operatorId)),
    url: `${settings.publicUrl}/password/${token}`,
    expiresAt: expiresAt.toISOString(),
  };
}

/** Who may choose a password by a link. @throws NotFound  it is unknown, used or over */
export async function readPasswordLink(
  db: Db,
  { token, now }: { token: string; now: Date },
): Promise<{ name: string; email: string }> {
  const { name, email } = await linked(db, token, now);
  return { name, email };
}

/**
 * Sets the password that a link was made for; every session of the operator ends.
 *
 * @throws NotFound      the link is unknown, used or over
 * @throws InvalidInput  others would guess the password
 */
export async function choosePassword(
  db: Db,
  input: ChosenPassword,
  { now, request }: { now: Date; request: RequestOrigin },
): Promise<{ person: Person }> {
  const { token, password } = validated(ChosenPassword, input);
  // Before any work: who has no link costs nothing.
  const { resetsSecondFactor, ...person } = await linked(db, token, now);
  const { id, name, email } = person;
  await requireUnguessable({ password }, [name, email]);
  const passwordHash = await hashOperatorPassword(password);
  await transaction(db, async (tx) => {
    if (!(await takeLink(tx, hashToken(token), now))) throw noLink();
    await setPassword(tx, { userId: id, passwordHash });
    if (resetsSecondFactor) await deleteSecondFactors(tx, id);
    const access: Access = { rights: [], registrationIds: null };
    const actor: Actor = { kind: "operator", id, name, email, access };
    const entry = { action: "operator.choose_password", object: "operator", objectId: id };
    const detail = { email, ...(resetsSecondFactor && { resetsSecondFactor }) };
    await audit(tx, { actor, request }, { ...entry, detail });
  });
  return { person };
}

async function linked(db: Db, token: string, now: Date): Promise<LinkedOperator> {
  const found = await findLinked(db, hashToken(token), now);
  if (!found) throw noLink();
  return found;
}

const noLink = () => new NotFound("link, or it was used, or its time is over", "");
