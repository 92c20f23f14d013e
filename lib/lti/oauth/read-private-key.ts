import { createPrivateKey, createPublicKey, sign, verify, type KeyObject } from "node:crypto";
import type { JWK } from "jose";
import { SigningKeyInvalid } from "../errors.ts";

/** NIST SP 800-131A asks for this much since 2014; platforms refuse less. */
const FEWEST_BITS = 2_048;
/** Larger ones take seconds to sign with. */
const MOST_BITS = 8_192;

/** A private key as its owner keeps it: PEM (PKCS#8, PKCS#1), a JWK, or a key set that holds one. */
export type GivenKey = {
  text: string;
  /** Of an encrypted PEM. */
  passphrase?: string;
  /** The key ID under which it is published, where the key itself does not say. */
  kid?: string;
};

export type ReadKey = {
  kid: string;
  bits: number;
  publicJwk: JWK;
  privateJwk: JWK;
};

/**
 * Reads a private RSA key that somebody else made, to sign with RS256.
 *
 * @throws SigningKeyInvalid  not a private RSA key, too weak, locked, or without a key ID
 * @see Security Framework 1.0 §6.1, §6.2
 */
export function readPrivateKey({ text, passphrase, kid }: GivenKey): ReadKey {
  const { key, kid: ownKid } = isJson(text) ? ofJson(text) : { key: ofPem(text, passphrase) };
  if (key.asymmetricKeyType !== "rsa") {
    throw new SigningKeyInvalid(
      `is ${kindOf(key)}: LTI platforms check client assertions with RS256, which takes an RSA key`,
    );
  }
  const bits = key.asymmetricKeyDetails?.modulusLength ?? 0;
  if (bits < FEWEST_BITS) {
    throw new SigningKeyInvalid(`is too weak: it has ${bits} bits, and RS256 needs ${FEWEST_BITS}`);
  }
  if (bits > MOST_BITS) throw new SigningKeyInvalid(`is larger than ${MOST_BITS} bits`);
  const name = kid?.trim() || ownKid;
  if (!name) {
    throw new SigningKeyInvalid(
      "has no key ID: give the kid under which the tool's key set publishes it",
    );
  }
  const about = { kid: name, alg: "RS256", use: "sig" };
  if (!isOnePair(key)) throw new SigningKeyInvalid("is damaged: its halves do not belong together");
  const { kty, n, e } = createPublicKey(key).export({ format: "jwk" });
  const privateJwk = { ...key.export({ format: "jwk" }), ...about } as JWK;
  return { kid: name, bits, publicJwk: { kty, n, e, ...about } as JWK, privateJwk };
}

/** Of a JWK each half is stated, and may be another's. */
function isOnePair(key: KeyObject): boolean {
  const text = Buffer.from("is this one pair?");
  try {
    return verify("sha256", text, createPublicKey(key), sign("sha256", text, key));
  } catch {
    return false;
  }
}

const isJson = (text: string) => text.trimStart().startsWith("{");

function ofPem(text: string, passphrase: string | undefined): KeyObject {
  const pem = text.trim();
  if (/-----BEGIN (RSA )?PUBLIC KEY-----|-----BEGIN CERTIFICATE-----/.test(pem)) {
    throw new SigningKeyInvalid("is public: give the private key that belongs to it");
  }
  if (/-----BEGIN OPENSSH PRIVATE KEY-----/.test(pem)) {
    throw new SigningKeyInvalid(
      "is in the form of OpenSSH: turn a copy into PEM by ssh-keygen -p -m PEM -f",
    );
  }
  if (!/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(pem)) {
    throw new SigningKeyInvalid("is neither a PEM nor a JWK");
  }
  const isLocked = /-----BEGIN ENCRYPTED PRIVATE KEY-----|Proc-Type: *4,ENCRYPTED/.test(pem);
  if (isLocked && !passphrase) throw new SigningKeyInvalid("is encrypted: give its passphrase");
  try {
    return createPrivateKey({ key: pem, format: "pem", ...(isLocked && { passphrase }) });
  } catch (error) {
    const reason = isLocked ? "does not open with this passphrase" : "cannot be read";
    throw new SigningKeyInvalid(reason, { cause: error });
  }
}

function ofJson(text: string): { key: KeyObject; kid?: string } {
  const jwk = privateJwkIn(parsed(text));
  const kid = typeof jwk.kid === "string" ? jwk.kid : undefined;
  if (jwk.kty === "oct") throw new SigningKeyInvalid("is a shared secret, not a key pair");
  if (jwk.d === undefined) {
    throw new SigningKeyInvalid("is public: give the private key that belongs to it");
  }
  try {
    return { key: createPrivateKey({ key: jwk as never, format: "jwk" }), kid };
  } catch (error) {
    throw new SigningKeyInvalid("cannot be read", { cause: error });
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new SigningKeyInvalid("is not whole JSON", { cause: error });
  }
}

/** The key itself, or the only private one of a key set. */
function privateJwkIn(value: unknown): JWK {
  const { keys } = value as { keys?: unknown };
  if (!Array.isArray(keys)) return value as JWK;
  const own = (keys as JWK[]).filter((key) => typeof key === "object" && key?.d !== undefined);
  if (own.length === 0) {
    throw new SigningKeyInvalid("is public: a key set for publishing holds no private key");
  }
  if (own.length > 1) {
    throw new SigningKeyInvalid("is one of several in this key set: give the one that signs");
  }
  return own[0]!;
}

function kindOf({ asymmetricKeyType }: KeyObject): string {
  if (asymmetricKeyType === "ec") return "an elliptic-curve key";
  if (asymmetricKeyType === "rsa-pss") return "an RSA-PSS key";
  return `a key of the type ${asymmetricKeyType}`;
}
