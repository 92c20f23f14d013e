import { type Actor, actorName } from "#lib/auth/actor.ts";
import { apiKeyPrefix, generateApiKey, hashApiKey, looksLikeApiKey } from "#lib/auth/api-key.ts";
import * as stored from "#lib/db/operators/api-keys.ts";
import { type Db, transaction } from "#lib/db/client.ts";
import type { ApiKey } from "#lib/db/generated/client.ts";
import { audit } from "../audit/trail.ts";
import type { Caller } from "../caller.ts";
import { BY_CREATION, pageFrom } from "../cursor.ts";
import { type Page, PageQuery } from "../fields.ts";
import { type ApiKeyCreated, ApiKeyInput, type ApiKeyView } from "./schema.ts";
import { validated } from "../validated.ts";
import { byId } from "../by-id.ts";

/** The key is in this answer and nowhere else. */
export async function createApiKey(caller: Caller, input: ApiKeyInput): Promise<ApiKeyCreated> {
  const { name } = validated(ApiKeyInput, input);
  const key = generateApiKey();
  return transaction(caller.db, async (tx) => {
    const created = await stored.insertApiKey(tx, newApiKey(name, key, actorName(caller.actor)));
    await audit(tx, caller.actor, {
      action: "api_key.create",
      object: "api_key",
      objectId: created.id,
      detail: { name, prefix: created.prefix },
    });
    return { ...viewOf(created), key };
  });
}

export async function listApiKeys(
  caller: Caller,
  query: Partial<PageQuery>,
): Promise<Page<ApiKeyView>> {
  const { cursor, limit } = validated(PageQuery, query);
  const before = BY_CREATION.decode(cursor);
  const { keys, total } = await stored.listApiKeys(caller.db, { before, limit: limit + 1 });
  const nextCursor = BY_CREATION.encode;
  return pageFrom({ rows: keys, limit, total, nextCursor, view: viewOf });
}

/** From the next request on the key opens nothing. */
export async function revokeApiKey(
  caller: Caller,
  { apiKeyId }: { apiKeyId: string },
): Promise<ApiKeyView> {
  return transaction(caller.db, async (tx) => {
    const key = await byId("API key", apiKeyId, (id) => stored.findApiKey(tx, id));
    if (key.revokedAt) return viewOf(key);
    const revokedAt = caller.now();
    await stored.revokeApiKey(tx, key.id, revokedAt);
    await audit(tx, caller.actor, {
      action: "api_key.revoke",
      object: "api_key",
      objectId: key.id,
      detail: { name: key.name, prefix: key.prefix },
    });
    return viewOf({ ...key, revokedAt });
  });
}

/** Who a key speaks for; null when it opens nothing. */
export async function authenticateApiKey(db: Db, key: string, now: Date): Promise<Actor | null> {
  if (!looksLikeApiKey(key)) return null;
  const found = await stored.findUsableApiKey(db, hashApiKey(key));
  if (!found) return null;
  await stored.touchApiKey(db, found, now);
  return { kind: "api_key", id: found.id, name: found.name };
}

/** Records the key that the environment names, once; a key revoked since stays revoked. */
export async function ensureApiKey(db: Db, key: string): Promise<void> {
  const actor: Actor = { kind: "system", id: "system", name: "Rollbook" };
  await transaction(db, async (tx) => {
    const created = await stored.insertApiKeyOnce(tx, newApiKey("environment", key, actor.name));
    if (!created) return;
    const detail = { name: created.name, prefix: created.prefix };
    await audit(tx, actor, {
      action: "api_key.create",
      object: "api_key",
      objectId: created.id,
      detail,
    });
  });
}

function newApiKey(name: string, key: string, createdBy: string): stored.NewApiKey {
  return { name, prefix: apiKeyPrefix(key), hash: hashApiKey(key), createdBy };
}

function viewOf(key: ApiKey): ApiKeyView {
  return {
    id: key.id,
    name: key.name,
    prefix: key.prefix,
    createdBy: key.createdBy,
    createdAt: key.createdAt.toISOString(),
    lastUsedAt: key.lastUsedAt?.toISOString() ?? null,
    revokedAt: key.revokedAt?.toISOString() ?? null,
  };
}
