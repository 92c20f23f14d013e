import { calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK } from "jose";

/** What the platform signs launches and notices with. */
export type PlatformKey = { publicJwk: JWK; kid: string; privateKey: CryptoKey };

export async function generatePlatformKey(): Promise<PlatformKey> {
  const { publicKey, privateKey } = await generateKeyPair("RS256", { extractable: true });
  const jwk = await exportJWK(publicKey);
  const kid = await calculateJwkThumbprint(jwk);
  return { publicJwk: { ...jwk, kid, alg: "RS256", use: "sig" }, kid, privateKey };
}
