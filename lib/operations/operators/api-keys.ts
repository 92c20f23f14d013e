import { type Actor, actorName } from "#lib/auth/actor.ts";
import {
  apiKeyPrefix,
  generateApiKey,
  hashApiKey,
  looksLikeApiKey,
} from "#lib/auth/secrets/api-key.ts";
import { accessOf, type Right } from "#lib/auth/rights.ts";
import * as stored from "#lib/db/operators/api-keys.ts";
import { type Db, transaction } from "#lib/db/client.ts";
import type { ApiKey } from "#lib/db/generated/client.ts";
import { audit, type DoneBy } from "../audit/trail.ts";
import type { Asker } from "../caller.ts";
import { BY_CREATION, pageFrom } from "../lists/cursor.ts";
import { NotFound } from "../errors.ts";
import { byId } from "../by-id.ts";
import { type Page, PageQuery } from "../fields.ts";
import { permit, permitProven } from "../permit.ts";
import { requireTyped, validated } from "../validated.ts";
import { type ApiKeyCreated, ApiKeyInput, type ApiKeyView } from "./api-key-schema.ts";
import { handsOn } from "./handing-on.ts";

const DAY_MS = 86_400_000;

/**
 * Makes a key; it is in this answer and nowhere else. One made by a key goes when that one goes,
 * at its end or its revocation.
 *
 * @throws NotPermitted  it would hold a right that the asker does not
 */
export async function createApiKey(asker: Asker, input: ApiKeyInput): Promise<ApiKeyCreated> {
  const { name, scopes, registrationIds, expiresInDays } = validated(ApiKeyInput, input);
  const caller = await permitProven(asker, "admin", "everywhere");
  handsOn(caller.actor, scopes);
  const key = generateApiKey();
  return transaction(caller.db, async (tx) => {
    const parent = await parentOf(tx, caller.actor);
    const wanted = expiresInDays && new Date(caller.now().getTime() + expiresInDays * DAY_MS);
    const created = await stored.insertApiKey(tx, {
      ...newApiKey(name, key, actorName(caller.actor)),
      scopes,
      registrationIds,
      expiresAt: earliest(wanted || null, parent?.expiresAt ?? null),
      parentId: parent?.id ?? null,
    });
    await auditKey(tx, caller, "api_key.create", created);
    return { ...apiKeyView(created), key };
  });
}

export async function listApiKeys(
  asker: Asker,
  query: Partial<PageQuery>,
): Promise<Page<ApiKeyView>> {
  const caller = await permit(asker, "admin", "everywhere");
  const { cursor, limit } = validated(PageQuery, query);
  const before = BY_CREATION.decode(cursor);
  const { keys, total } = await stored.listApiKeys(caller.db, { before, limit: limit + 1 });
  const nextCursor = BY_CREATION.encode;
  return pageFrom({ rows: keys, limit, total, nextCursor, view: apiKeyView });
}

/**
 * From the next request on the key opens nothing, and neither do the keys that it made.
 *
 * @throws InvalidInput  a confirmation is given, and it is not the key's name
 */
export async function revokeApiKey(
  asker: Asker,
  { apiKeyId, confirmation }: { apiKeyId: string; confirmation?: string },
): Promise<ApiKeyView> {
  const caller = await permitProven(asker, "admin", "everywhere");
  return transaction(caller.db, async (tx) => {
    const key = await requiredApiKey(tx, apiKeyId);
    requireTyped(confirmation, key.name);
    const revoked = await stored.revokeApiKey(tx, key.id, caller.now());
    for (const each of revoked) await auditKey(tx, caller, "api_key.revoke", each);
    return apiKeyView(await requiredApiKey(tx, apiKeyId));
  });
}

/** Who a key speaks for; null when it opens nothing. The address is where the request came from. */
export async function authenticateApiKey(
  db: Db,
  key: string,
  use: { address: string | null; now: Date },
): Promise<Actor | null> {
  if (!looksLikeApiKey(key)) return null;
  const found = await stored.findUsableApiKey(db, hashApiKey(key), use.now);
  if (!found) return null;
  await stored.touchApiKey(db, found, use);
  const access = accessOf(found.scopes as Right[], found.registrationIds);
  return { kind: "api_key", id: found.id, name: found.name, access };
}

/** A key as it is stored at first: without rights, limit, end or family. */
export function newApiKey(name: string, key: string, createdBy: string): stored.NewApiKey {
  return {
    name,
    prefix: apiKeyPrefix(key),
    hash: hashApiKey(key),
    createdBy,
    scopes: [],
    registrationIds: [],
    expiresAt: null,
    parentId: null,
    replacesId: null,
    fromEnvironment: false,
  };
}

export async function auditKey(
  tx: Db,
  by: DoneBy,
  action: string,
  { id, name, prefix, scopes }: ApiKey,
): Promise<void> {
  await audit(tx, by, {
    action,
    object: "api_key",
    objectId: id,
    detail: { name, prefix, scopes },
  });
}

/** Locked until the transaction ends. @throws NotFound */
export async function requiredApiKey(tx: Db, apiKeyId: string): Promise<ApiKey> {
  return byId("API key", apiKeyId, (id) => stored.lockApiKey(tx, id));
}

/** The key that asks, where it is one. A key that was revoked meanwhile makes no other. */
async function parentOf(tx: Db, actor: Actor): Promise<ApiKey | null> {
  if (actor.kind !== "api_key") return null;
  const parent = await requiredApiKey(tx, actor.id);
  if (parent.revokedAt) throw new NotFound("API key", actor.id);
  return parent;
}

export function earliest(one: Date | null, other: Date | null): Date | null {
  if (!one || !other) return one ?? other;
  return one < other ? one : other;
}

export function apiKeyView(key: ApiKey): ApiKeyView {
  return {
    id: key.id,
    name: key.name,
    prefix: key.prefix,
    scopes: key.scopes as Right[],
    registrationIds: key.registrationIds,
    createdBy: key.createdBy,
    createdAt: key.createdAt.toISOString(),
    expiresAt: key.expiresAt?.toISOString() ?? null,
    parentId: key.parentId,
    replacesId: key.replacesId,
    lastUsedAt: key.lastUsedAt?.toISOString() ?? null,
    lastUsedAddress: key.lastUsedAddress,
    revokedAt: key.revokedAt?.toISOString() ?? null,
  };
}
