import { calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK } from "jose";
import type { JWK } from "jose";
import { SigningKeyInvalid } from "./errors.ts";
import type { SigningKey } from "./registration.ts";

const RSA_BITS = 2_048;

/** A new key pair in JWK form; the private part belongs into a safe. */
export type GeneratedSigningKey = { kid: string; publicJwk: JWK; privateJwk: JWK };

/**
 * Generates an RS256 key pair whose `kid` is its RFC 7638 thumbprint, so that none recurs.
 *
 * @see Security Framework 1.0 §6.1, §6.2
 */
export async function generateSigningKey(): Promise<GeneratedSigningKey> {
  const pair = await generateKeyPair("RS256", { modulusLength: RSA_BITS, extractable: true });
  const kid = await calculateJwkThumbprint(await exportJWK(pair.publicKey));
  const privateJwk = { ...(await exportJWK(pair.privateKey)), kid, alg: "RS256", use: "sig" };
  return { kid, publicJwk: toPublicJwk(privateJwk), privateJwk };
}

/**
 * Imports a private JWK for signing.
 *
 * @throws SigningKeyInvalid  not a private RSA key
 */
export async function importSigningKey(privateJwk: JWK, kid = privateJwk.kid): Promise<SigningKey> {
  if (kid === undefined || kid === "") throw new SigningKeyInvalid("has no key ID");
  if (privateJwk.kty !== "RSA" || privateJwk.d === undefined) {
    throw new SigningKeyInvalid("is not a private RSA key");
  }
  try {
    const privateKey = await importJWK(privateJwk, "RS256");
    if (privateKey instanceof Uint8Array) throw new SigningKeyInvalid("is not a private RSA key");
    return { kid, privateKey };
  } catch (error) {
    if (error instanceof SigningKeyInvalid) throw error;
    throw new SigningKeyInvalid("cannot be imported", { cause: error });
  }
}

/**
 * The JWKS a tool publishes: its public keys, old and new together while one replaces the other.
 *
 * @see Security Framework 1.0 §6.3, §6.4
 */
export function publicJwks(keys: readonly JWK[]): { keys: JWK[] } {
  return { keys: keys.map(toPublicJwk) };
}

// Names what may be seen instead of removing what may not.
function toPublicJwk({ kty, n, e, kid }: JWK): JWK {
  return { kty, n, e, kid, alg: "RS256", use: "sig" };
}
