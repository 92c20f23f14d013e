import { calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK } from "jose";

/** The platform's own public key, as its JWKS shows it. */
export async function generatePlatformJwk(): Promise<JWK> {
  const { publicKey } = await generateKeyPair("RS256", { extractable: true });
  const jwk = await exportJWK(publicKey);
  return { ...jwk, kid: await calculateJwkThumbprint(jwk), alg: "RS256", use: "sig" };
}
