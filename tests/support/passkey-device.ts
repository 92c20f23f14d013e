import { createHash, generateKeyPairSync, randomBytes, sign } from "node:crypto";
import { isoCBOR } from "@simplewebauthn/server/helpers";
import type { AskedForNew, AskedForUse, PasskeyAnswer } from "#lib/auth/passkeys/passkeys.ts";

/** What a device or a page does other than it should. */
export type Deviation = {
  /** Of the page that asked. */
  origin?: string;
  challenge?: string;
  rpId?: string;
  /** The device did not ask who holds it. */
  isUnverified?: boolean;
  counter?: number;
  userHandle?: string | null;
  credentialId?: string;
};

const PRESENT = 0x01;
const VERIFIED = 0x04;
const HAS_CREDENTIAL = 0x40;

/** A device with one passkey (ES256), as far as a relying party sees it. */
export function createPasskeyDevice(site: string) {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const credentialId = randomBytes(32).toString("base64url");
  let counter = 0;
  let userHandle: string | null = null;

  const clientData = (type: string, challenge: string, given: Deviation) =>
    Buffer.from(
      JSON.stringify({
        type,
        challenge: given.challenge ?? challenge,
        origin: given.origin ?? new URL(site).origin,
        crossOrigin: false,
      }),
    );

  function authenticatorData(rpId: string, given: Deviation, credential?: Buffer): Buffer {
    const head = Buffer.alloc(5);
    const verified = given.isUnverified ? 0 : VERIFIED;
    head.writeUInt8(PRESENT | verified | (credential ? HAS_CREDENTIAL : 0));
    head.writeUInt32BE(given.counter ?? counter, 1);
    const party = hash(Buffer.from(given.rpId ?? rpId));
    return Buffer.concat([party, head, credential ?? Buffer.alloc(0)]);
  }

  return {
    credentialId,
    create({ options, state }: AskedForNew, given: Deviation = {}): PasskeyAnswer {
      userHandle = options.user.id;
      const authData = authenticatorData(options.rp.id ?? "", given, attested());
      const attestation = new Map<string, string | Map<never, never> | Uint8Array<ArrayBuffer>>([
        ["fmt", "none"],
        ["attStmt", new Map<never, never>()],
        ["authData", Uint8Array.from(authData)],
      ]);
      return answer(state, {
        attestationObject: Buffer.from(isoCBOR.encode(attestation)).toString("base64url"),
        clientDataJSON: clientData("webauthn.create", options.challenge, given).toString(
          "base64url",
        ),
        transports: ["internal"],
      });
    },
    get({ options, state }: AskedForUse, given: Deviation = {}): PasskeyAnswer {
      counter += 1;
      const data = authenticatorData(options.rpId ?? "", given);
      const client = clientData("webauthn.get", options.challenge, given);
      const signed = sign("sha256", Buffer.concat([data, hash(client)]), privateKey);
      const response = {
        authenticatorData: data.toString("base64url"),
        clientDataJSON: client.toString("base64url"),
        signature: signed.toString("base64url"),
        userHandle: given.userHandle === undefined ? userHandle : given.userHandle,
      };
      return answer(state, response, given.credentialId);
    },
  };

  function answer(state: string, response: object, id = credentialId): PasskeyAnswer {
    const whole = { id, rawId: id, type: "public-key", clientExtensionResults: {}, response };
    return { state, response: JSON.stringify(whole) };
  }

  /** AAGUID, length and ID of the credential, and its key as COSE. */
  function attested(): Buffer {
    const id = Buffer.from(credentialId, "base64url");
    const length = Buffer.alloc(2);
    length.writeUInt16BE(id.length);
    const { x = "", y = "" } = publicKey.export({ format: "jwk" });
    const bytes = (text: string) => Uint8Array.from(Buffer.from(text, "base64url"));
    const key = new Map<number, number | Uint8Array<ArrayBuffer>>([
      [1, 2],
      [3, -7],
      [-1, 1],
      [-2, bytes(x)],
      [-3, bytes(y)],
    ]);
    return Buffer.concat([Buffer.alloc(16), length, id, Buffer.from(isoCBOR.encode(key))]);
  }
}

const hash = (bytes: Buffer) => createHash("sha256").update(bytes).digest();
