import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";
import { CodedError } from "#lib/errors.ts";

const CIPHER = "aes-256-gcm";
const VERSION = "v1";
const IV_BYTES = 12;
const TAG_BYTES = 16;

/** No key of this installation opens the value, or the value was altered. */
export class SealBroken extends CodedError {
  readonly code = "auth.seal_broken" as const;

  constructor(
    readonly purpose: string,
    readonly keyId: string | null,
  ) {
    super("a sealed value cannot be opened with the present secret");
  }
}

/** Encrypts secrets at rest. `purpose` binds a value to its place, so that it opens nowhere else. */
export type Sealer = {
  seal(text: string, purpose: string): string;
  /** @throws SealBroken  the secret has changed, or the value was altered or moved */
  unseal(sealed: string, purpose: string): string;
  /** Whether the present secret sealed it; what the previous one sealed is to be sealed again. */
  isCurrent(sealed: string): boolean;
  /** A key for hashes that only this installation can make; another one for each purpose. */
  keyFor(purpose: string): Buffer;
};

/** `previous` still opens what it sealed; new values are always sealed with `secret`. */
export function createSealer(secret: string, previous?: string): Sealer {
  const current = deriveKey(secret);
  const keys = previous === undefined ? [current] : [current, deriveKey(previous)];
  return {
    seal: (text, purpose) => seal(current, text, purpose),
    unseal: (sealed, purpose) => unseal(keys, sealed, purpose),
    isCurrent: (sealed) => sealed.startsWith(`${VERSION}.${current.id}.`),
    keyFor: (purpose) => deriveSecret(secret, `hash ${purpose}`),
  };
}

/** A secret for one use, from which neither the installation's secret nor another use's follows. */
export function deriveSecret(secret: string, use: string): Buffer {
  return Buffer.from(hkdfSync("sha256", secret, "", `rollbook ${use}`, 32));
}

type Key = { id: string; bytes: Buffer };

function deriveKey(secret: string): Key {
  return {
    id: deriveSecret(secret, "seal key id").toString("hex").slice(0, 8),
    bytes: deriveSecret(secret, "seal"),
  };
}

function seal(key: Key, text: string, purpose: string): string {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv(CIPHER, key.bytes, iv).setAAD(Buffer.from(purpose));
  const body = Buffer.concat([cipher.update(text, "utf8"), cipher.final(), cipher.getAuthTag()]);
  return [VERSION, key.id, iv.toString("base64url"), body.toString("base64url")].join(".");
}

function unseal(keys: Key[], sealed: string, purpose: string): string {
  const [version, keyId, iv, body] = sealed.split(".");
  const key = keys.find((candidate) => candidate.id === keyId);
  if (version !== VERSION || key === undefined || iv === undefined || body === undefined) {
    throw new SealBroken(purpose, keyId ?? null);
  }
  try {
    return open(key, Buffer.from(iv, "base64url"), Buffer.from(body, "base64url"), purpose);
  } catch {
    // The cipher's own error tells nothing more, so it is not kept as the cause.
    throw new SealBroken(purpose, key.id);
  }
}

function open(key: Key, iv: Buffer, body: Buffer, purpose: string): string {
  const decipher = createDecipheriv(CIPHER, key.bytes, iv, { authTagLength: TAG_BYTES })
    .setAAD(Buffer.from(purpose))
    .setAuthTag(body.subarray(-TAG_BYTES));
  const text = Buffer.concat([decipher.update(body.subarray(0, -TAG_BYTES)), decipher.final()]);
  return text.toString("utf8");
}
