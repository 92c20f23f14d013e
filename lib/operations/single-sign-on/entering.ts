import type { Actor } from "#lib/auth/actor.ts";
import type { RefusalReason } from "#lib/auth/single-sign-on/errors.ts";
import { type Claims, ruleFor, verifiedEmail } from "#lib/auth/single-sign-on/rules.ts";
import {
  providerKey,
  type SignUpRule,
  type SingleSignOnValues,
} from "#lib/auth/single-sign-on/settings.ts";
import type { Db } from "#lib/db/client.ts";
import {
  insertOperator,
  listOperators,
  lockOperators,
  type OperatorRow,
  type StoredAccess,
  updateOperatorAccess,
} from "#lib/db/operators/operators.ts";
import { endOtherSessions } from "#lib/db/sign-in/sessions.ts";
import {
  hasSubjectAt,
  keepProvenProvider,
  linkSubject,
  operatorOfSubject,
} from "#lib/db/sign-in/single-sign-on.ts";
import { changesBetween, type DoneBy } from "../audit/trail.ts";
import type { RequestOrigin } from "../caller.ts";
import { auditOperator, hasOtherAdmin, newOperator } from "../operators/operators.ts";

type Entered = { operatorId: string } | { refused: RefusalReason };
type Visit = { values: SingleSignOnValues; claims: Claims; request: RequestOrigin };

const SYSTEM: Actor = { kind: "system", id: "system", name: "Single sign-on" };

/**
 * Whom the provider's verified claims let in. A person is known by issuer and subject; at first by
 * a verified e-mail that somebody here has, or a rule makes the account. Who came by a rule may
 * do what the first rule says that the claims meet now, and without one does not come in.
 */
export async function enter(tx: Db, visit: Visit): Promise<Entered> {
  await lockOperators(tx);
  const { values, claims } = visit;
  const subject = subjectOf(visit);
  const operators = await listOperators(tx);
  const linkedId = await operatorOfSubject(tx, subject);
  const linked = operators.find(({ id }) => id === linkedId);
  const rule = ruleFor(values.rules, claims);
  const entered = linked
    ? await comeAgain(tx, visit, { operator: linked, operators, rule })
    : await comeFirst(tx, visit, { operators, rule, subject });
  if ("role" in entered && entered.role === "admin")
    await keepProvenProvider(tx, providerKey(values));
  return "id" in entered ? { operatorId: entered.id } : entered;
}

type Person = Pick<OperatorRow, "id" | "email" | "role">;
type Outcome = Person | { refused: RefusalReason };

type Again = { operator: OperatorRow; operators: OperatorRow[]; rule: SignUpRule | undefined };

async function comeAgain(
  tx: Db,
  { request }: Visit,
  { operator, operators, rule }: Again,
): Promise<Outcome> {
  if (!operator.accessByRule) return operator;
  const by = { actor: SYSTEM, request };
  if (!rule) {
    await endOtherSessions(tx, { operatorId: operator.id, keptId: null });
    await auditOperator(tx, by, "operator.lose_rule", operator);
    return { refused: "not_invited" };
  }
  const { role, seesNames, registrationIds } = operator;
  const access = accessOf(rule);
  // A rule does not take the last one away who can look after people and keys.
  const isLastAdmin = operator.role === "admin" && !hasOtherAdmin(operators, operator.id);
  if (access.role !== "admin" && isLastAdmin) return operator;
  const changes = changesBetween({ role, seesNames, registrationIds }, access);
  if (Object.keys(changes).length === 0) return operator;
  await updateOperatorAccess(tx, operator.id, { ...access, accessByRule: true });
  await auditOperator(tx, by, "operator.change_access", operator, { changes });
  return { ...operator, ...access };
}

type First = { operators: OperatorRow[]; rule: SignUpRule | undefined; subject: string };

async function comeFirst(
  tx: Db,
  { claims, request }: Visit,
  { operators, rule, subject }: First,
): Promise<Outcome> {
  const email = verifiedEmail(claims);
  if (email === null)
    return { refused: typeof claims.email === "string" ? "email_unverified" : "email_missing" };
  const by = { actor: SYSTEM, request };
  const known = operators.find((each) => each.email === email);
  // An address that was given to somebody else does not take over who had it.
  if (known && (await hasSubjectAt(tx, known.id, issuerPart(subject))))
    return { refused: "other_account" };
  const person = known ?? (rule && (await addByRule(tx, by, { claims, email, rule })));
  if (!person) return { refused: "not_invited" };
  await linkSubject(tx, { subject, userId: person.id });
  await auditOperator(tx, by, "operator.link_provider", person);
  return person;
}

async function addByRule(
  tx: Db,
  by: DoneBy,
  { claims, email, rule }: { claims: Claims; email: string; rule: SignUpRule },
): Promise<Person> {
  const said = typeof claims.name === "string" ? claims.name.trim().slice(0, 200) : "";
  const name = said || email.split("@")[0] || email;
  const operator = newOperator({
    name,
    email,
    passwordHash: null,
    ...accessOf(rule),
    accessByRule: true,
  });
  await insertOperator(tx, operator);
  const { claim, value } = rule;
  await auditOperator(tx, by, "operator.create", operator, { role: rule.role, claim, value });
  return operator;
}

function accessOf({ role, seesNames, registrationIds }: SignUpRule): StoredAccess {
  return { role, seesNames, registrationIds };
}

/** A subject is unique within its issuer alone: OpenID Connect Core §2. */
function subjectOf({ values, claims }: Visit): string {
  const issuer = typeof claims.iss === "string" ? claims.iss : values.issuer;
  return `${issuer} ${claims.sub}`;
}

const issuerPart = (subject: string) => subject.slice(0, subject.indexOf(" ") + 1);
