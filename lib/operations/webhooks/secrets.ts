import { randomBytes } from "node:crypto";
import type { Sealer } from "#lib/auth/secrets/seal.ts";
import { type WebhookEndpoint, webhookPurpose } from "#lib/db/webhooks/endpoints.ts";

/** Standard Webhooks: 24 to 64 bytes. */
const SECRET_BYTES = 32;

export function newSecret(sealer: Sealer, endpointId: string): { secret: string; sealed: string } {
  const secret = `whsec_${randomBytes(SECRET_BYTES).toString("base64")}`;
  return { secret, sealed: sealer.seal(secret, webhookPurpose(endpointId)) };
}

/** The present secret, and the former one while both sign. @throws SealBroken */
export function secretsOf(sealer: Sealer, endpoint: WebhookEndpoint, now: Date): string[] {
  const { id, sealedSecret, formerSecret, formerUntil } = endpoint;
  const sealed = [sealedSecret];
  if (formerSecret !== null && formerUntil !== null && formerUntil > now) sealed.push(formerSecret);
  return sealed.map((each) => sealer.unseal(each, webhookPurpose(id)));
}
