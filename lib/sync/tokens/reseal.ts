import type { Sealer } from "#lib/auth/secrets/seal.ts";
import { transaction, type Db } from "#lib/db/client.ts";
import { resealTokens } from "#lib/db/tokens/sealed-tokens.ts";
import { resealImportedKeys } from "#lib/db/keys/imported-keys.ts";
import { resealSigningKeys } from "#lib/db/keys/signing-keys.ts";
import { resealWebhooks } from "#lib/db/webhooks/endpoints.ts";
import { isCodedError } from "#lib/errors.ts";
import { SIGNING_KEY_PURPOSE } from "./connect.ts";
import { TOKEN_PURPOSE } from "./token-records.ts";

/**
 * Seals with the present secret what the previous one sealed, so that the previous one can go.
 *
 * A token that neither opens is dropped, for another can be requested; a signing key that neither
 * opens is left as it is, for it may be that the right secret is still to come.
 */
export async function resealSecrets(
  db: Db,
  sealer: Sealer,
): Promise<{ keys: number; tokens: number; tokensDropped: number }> {
  const reseal = (sealed: string, purpose: string) =>
    sealer.isCurrent(sealed) ? undefined : sealer.seal(sealer.unseal(sealed, purpose), purpose);
  return transaction(db, async (tx) => {
    const own = await resealSigningKeys(tx, (sealed) =>
      unlessBroken(() => reseal(sealed, SIGNING_KEY_PURPOSE)),
    );
    const tokens = await resealTokens(tx, new Date(), (sealed) => {
      if (sealer.isCurrent(sealed)) return "kept";
      return unlessBroken(() => reseal(sealed, TOKEN_PURPOSE)) ?? null;
    });
    const resealed = (sealed: string, purpose: string) =>
      unlessBroken(() => reseal(sealed, purpose));
    const imported = await resealImportedKeys(tx, resealed);
    await resealWebhooks(tx, resealed);
    return { keys: own + imported, tokens: tokens.resealed, tokensDropped: tokens.dropped };
  });
}

function unlessBroken<Value>(open: () => Value): Value | undefined {
  try {
    return open();
  } catch (error) {
    if (isCodedError(error) && error.code === "auth.seal_broken") return undefined;
    throw error;
  }
}
