import { ROLLBOOK } from "#lib/auth/actor.ts";
import { hashToken } from "#lib/auth/secrets/one-time-token.ts";
import { hashOperatorPassword } from "#lib/auth/secrets/password.ts";
import { FULL_ACCESS } from "#lib/auth/rights.ts";
import * as keys from "#lib/db/operators/api-keys.ts";
import { noteEnvironmentOperator } from "#lib/db/operators/environment.ts";
import {
  hasOperatorWithEmail,
  insertOperator,
  lockOperators,
} from "#lib/db/operators/operators.ts";
import { type Db, transaction } from "#lib/db/client.ts";
import { requireUnguessable } from "../passwords/new-password.ts";
import { auditKey, newApiKey } from "./api-keys.ts";
import { auditOperator, newOperator } from "./operators.ts";

/**
 * Adds the operator that the environment names as an admin, once for each e-mail: one who was
 * removed does not come back with the next start, and one who is there keeps password and role.
 * A second e-mail in the environment is the way back in for who is locked out.
 *
 * @throws InvalidInput  others would guess the password; then nothing is noted
 */
export async function ensureOperator(
  db: Db,
  { email, password, isDemo = false }: { email: string; password: string; isDemo?: boolean },
): Promise<{ created: boolean }> {
  const address = email.trim().toLowerCase();
  return transaction(db, async (tx) => {
    await lockOperators(tx);
    if (!(await noteEnvironmentOperator(tx, hashToken(address)))) return { created: false };
    if (await hasOperatorWithEmail(tx, address)) return { created: false };
    // Everybody may know the demo's.
    if (!isDemo) await requireUnguessable({ ROLLBOOK_ADMIN_PASSWORD: password }, [email]);
    const operator = newOperator({
      name: address.split("@")[0] ?? address,
      email,
      passwordHash: await hashOperatorPassword(password),
      role: "admin",
      seesNames: true,
      registrationIds: [],
    });
    await insertOperator(tx, operator);
    await auditOperator(tx, ROLLBOOK, "operator.create", operator);
    return { created: true };
  });
}

/**
 * Records the key that the environment names, once for each value: a key revoked since stays
 * revoked, and a new value revokes the key of the value before it.
 */
export async function ensureApiKey(db: Db, key: string, now: Date): Promise<void> {
  await transaction(db, async (tx) => {
    const created = await keys.insertApiKeyOnce(tx, {
      ...newApiKey("environment", key, ROLLBOOK.name),
      scopes: [...FULL_ACCESS.rights],
      fromEnvironment: true,
    });
    if (!created) return;
    await auditKey(tx, ROLLBOOK, "api_key.create", created);
    for (const { id } of await keys.otherEnvironmentKeys(tx, created.id))
      for (const revoked of await keys.revokeApiKey(tx, id, now))
        await auditKey(tx, ROLLBOOK, "api_key.revoke", revoked);
  });
}
