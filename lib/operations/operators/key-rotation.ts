import { actorName } from "#lib/auth/actor.ts";
import { generateApiKey } from "#lib/auth/secrets/api-key.ts";
import type { Right } from "#lib/auth/rights.ts";
import * as stored from "#lib/db/operators/api-keys.ts";
import { transaction } from "#lib/db/client.ts";
import type { Asker } from "../caller.ts";
import { Conflict } from "../errors.ts";
import { permitProven } from "../permit.ts";
import { validated } from "../validated.ts";
import { type ApiKeyCreated, ApiKeyRotation } from "./api-key-schema.ts";
import { apiKeyView, auditKey, earliest, newApiKey, requiredApiKey } from "./api-keys.ts";
import { handsOn } from "./handing-on.ts";

const HOUR_MS = 3_600_000;

/**
 * Makes a key that takes the place of another: the same name, scopes and registrations, and the
 * same length of life from now. The old one goes on for `overlapHours`, so that whoever uses it
 * has time to change.
 *
 * @throws Conflict      the key is revoked or has expired
 * @throws NotPermitted  the key holds a right that the asker does not
 */
export async function rotateApiKey(
  asker: Asker,
  { apiKeyId, ...input }: { apiKeyId: string } & ApiKeyRotation,
): Promise<ApiKeyCreated> {
  const { overlapHours } = validated(ApiKeyRotation, input);
  const caller = await permitProven(asker, "admin", "everywhere");
  const key = generateApiKey();
  return transaction(caller.db, async (tx) => {
    const now = caller.now();
    const old = await requiredApiKey(tx, apiKeyId);
    if (old.revokedAt) throw new Conflict("the key is revoked");
    if (old.expiresAt && old.expiresAt <= now) throw new Conflict("the key has expired");
    handsOn(caller.actor, old.scopes as Right[]);
    const parent = old.parentId ? await stored.findApiKey(tx, old.parentId) : null;
    const lifeMs = old.expiresAt && old.expiresAt.getTime() - old.createdAt.getTime();
    const created = await stored.insertApiKey(tx, {
      ...newApiKey(old.name, key, actorName(caller.actor)),
      scopes: old.scopes,
      registrationIds: old.registrationIds,
      expiresAt: earliest(
        lifeMs === null ? null : new Date(now.getTime() + lifeMs),
        parent?.expiresAt ?? null,
      ),
      parentId: old.parentId,
      replacesId: old.id,
    });
    const endsAt = new Date(now.getTime() + overlapHours * HOUR_MS);
    await stored.handOver(tx, {
      fromId: old.id,
      toId: created.id,
      endsAt: earliest(endsAt, old.expiresAt) ?? endsAt,
    });
    await auditKey(tx, caller, "api_key.rotate", old);
    await auditKey(tx, caller, "api_key.create", created);
    return { ...apiKeyView(created), key };
  });
}
