import { transaction } from "#lib/db/client.ts";
import * as stored from "#lib/db/tokens/list.ts";
import { sharingCourses, tokenCases } from "#lib/db/tokens/sharers.ts";
import { usedScopes } from "#lib/db/tokens/used-scopes.ts";
import { audit } from "../audit/trail.ts";
import type { Asker, Caller } from "../caller.ts";
import { permit, registrationsOf } from "../permit.ts";
import { Conflict } from "../errors.ts";
import type { Page } from "../fields.ts";
import { pageFrom } from "../lists/cursor.ts";
import { afterOf, orderOf, sortedCursor } from "../lists/sort.ts";
import { getRegistration } from "../registrations/registrations.ts";
import { validated } from "../validated.ts";
import { TokenFilter, type AssertionView, type TokenSummary, type TokenView } from "./schema.ts";
import { scopeGrants, tokenSummary } from "./view.ts";
import { byId } from "../by-id.ts";

type RegistrationId = { registrationId: string };

/** One entry for each registration that is not archived, by name unless `sort` says otherwise. */
export async function listTokens(
  asker: Asker,
  filter: Partial<TokenFilter>,
): Promise<Page<TokenSummary>> {
  const caller = await permit(asker, "read", "within");
  const { cursor, limit, sort, ...conditions } = validated(TokenFilter, filter);
  const order = orderOf(stored.TOKEN_ORDERS, sort);
  const within = registrationsOf(caller.actor);
  const page = { order, after: afterOf(cursor, sort, order), limit: limit + 1 };
  const { rows, keys, total } = await stored.listTokens(caller.db, {
    ...conditions,
    within,
    ...page,
  });
  const registrationIds = rows.map((row) => row.registrationId);
  const used = await usedScopes(caller.db, registrationIds);
  return pageFrom({
    rows,
    limit,
    total,
    nextCursor: () => sortedCursor(sort, keys[limit - 1]!),
    view: (row) =>
      tokenSummary(
        row,
        used.filter(({ registrationId }) => registrationId === row.registrationId),
      ),
  });
}

const SHOWN_COURSES = 20;
const NO_CASES = { single_call: 0, long_job: 0, many_courses: 0, shared_cache: 0 };

export async function getToken(
  asker: Asker,
  { registrationId }: RegistrationId,
): Promise<TokenView> {
  const { db } = await permit(asker, "read", { registrationId });
  const row = await byId("registration", registrationId, async (id) => {
    return (await stored.tokenRows(db, [id]))[0];
  });
  const [used, cases, courses] = await Promise.all([
    usedScopes(db, [row.registrationId]),
    tokenCases(db, row.registrationId),
    row.tokenId === null ? [] : sharingCourses(db, row.tokenId, SHOWN_COURSES),
  ]);
  return {
    ...tokenSummary(row, used),
    scopes: scopeGrants(row, used),
    cases: { ...NO_CASES, ...cases },
    courseCount: courses[0]?.count ?? 0,
    courses: courses.map(({ id, title }) => ({ id, title })),
  };
}

/**
 * The client assertion that the next token request would carry, decoded; it is made for this and
 * thrown away, and neither its signature nor any token is part of it.
 */
export async function getClientAssertion(
  asker: Asker,
  { registrationId }: RegistrationId,
): Promise<AssertionView> {
  const caller = await permit(asker, "read", { registrationId });
  const { id } = await getRegistration(caller, { registrationId });
  const { tokenEndpoint, header, claims } = await caller.engine.clientAssertion(id);
  const { iss, sub, aud, iat, exp, jti } = claims;
  return { tokenEndpoint, header, claims: { iss, sub, aud: [aud].flat(), iat, exp, jti } };
}

/**
 * Requests a new token now, with every scope that the registration's courses use.
 *
 * @throws Conflict     the registration is archived, or no course of it uses any service
 * @throws TokenRefused and what else the platform may answer
 */
export async function refreshToken(
  asker: Asker,
  { registrationId }: RegistrationId,
): Promise<TokenView> {
  const caller = await permit(asker, "runs:write", { registrationId });
  await getToken(caller, { registrationId });
  const used = await usedScopes(caller.db, [registrationId]);
  if (used.length === 0) throw new Conflict("no course of this registration uses any service yet");
  await record(caller, registrationId, "token.refresh");
  await caller.engine.refreshToken(registrationId);
  return getToken(caller, { registrationId });
}

/** Forgets the token here. The platform honours it until it expires: dropping does not revoke. */
export async function dropToken(
  asker: Asker,
  { registrationId }: RegistrationId,
): Promise<TokenView> {
  const caller = await permit(asker, "runs:write", { registrationId });
  await getToken(caller, { registrationId });
  await record(caller, registrationId, "token.drop");
  await caller.engine.dropToken(registrationId);
  return getToken(caller, { registrationId });
}

async function record(caller: Caller, registrationId: string, action: string): Promise<void> {
  await transaction(caller.db, (tx) =>
    audit(tx, caller, { action, object: "registration", objectId: registrationId }),
  );
}
