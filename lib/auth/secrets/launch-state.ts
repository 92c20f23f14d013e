import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";

/** What a login hands on to its launch, through a browser that nobody trusts. */
export type LaunchStateFacts = {
  /** A UUID. */
  registrationId: string;
  /** SHA-256 of the target link URI, in hexadecimal. */
  targetHash: string;
  expiresAt: Date;
};

const VERSION = 1;
const AT = { expires: 1, registration: 7, target: 23, chance: 55, end: 71 };
const MAC_BYTES = 32;

/** A state that nobody can guess or alter, of 138 characters. */
export function sealLaunchState(key: Buffer, facts: LaunchStateFacts): string {
  const body = Buffer.alloc(AT.end);
  body[0] = VERSION;
  body.writeUIntBE(facts.expiresAt.getTime(), AT.expires, 6);
  body.write(facts.registrationId.replaceAll("-", ""), AT.registration, "hex");
  body.write(facts.targetHash, AT.target, "hex");
  randomBytes(AT.end - AT.chance).copy(body, AT.chance);
  return Buffer.concat([body, macOf(key, body)]).toString("base64url");
}

/** Undefined for a state that this installation did not make. */
export function openLaunchState(key: Buffer, state: string): LaunchStateFacts | undefined {
  const bytes = Buffer.from(state, "base64url");
  // A second spelling of the same bytes would be a second state.
  if (bytes.length !== AT.end + MAC_BYTES || bytes.toString("base64url") !== state)
    return undefined;
  const body = bytes.subarray(0, AT.end);
  if (!timingSafeEqual(bytes.subarray(AT.end), macOf(key, body))) return undefined;
  if (body[0] !== VERSION) return undefined;
  return {
    registrationId: uuidOf(body.toString("hex", AT.registration, AT.target)),
    targetHash: body.toString("hex", AT.target, AT.chance),
    expiresAt: new Date(body.readUIntBE(AT.expires, 6)),
  };
}

/** The nonce of a state: it follows from it for who has the key, and for nobody else. */
export function nonceOfState(key: Buffer, state: string): string {
  return createHmac("sha256", key).update("nonce").update(state).digest("base64url");
}

function macOf(key: Buffer, body: Buffer): Buffer {
  return createHmac("sha256", key).update("state").update(body).digest();
}

function uuidOf(hex: string): string {
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
