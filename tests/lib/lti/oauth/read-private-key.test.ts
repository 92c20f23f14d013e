import { createPrivateKey, generateKeyPairSync, sign, verify, createPublicKey } from "node:crypto";
import { describe, expect, test } from "vitest";
import { readPrivateKey } from "#lib/lti/index.ts";

const rsa = generateKeyPairSync("rsa", { modulusLength: 2_048 });
const pem = (type: "pkcs1" | "pkcs8") => rsa.privateKey.export({ format: "pem", type }) as string;
const jwk = rsa.privateKey.export({ format: "jwk" });

const refusal = (reason: RegExp) =>
  expect.objectContaining({
    code: "lti.signing_key_invalid",
    reason: expect.stringMatching(reason),
  });
const reading = (given: Parameters<typeof readPrivateKey>[0]) => {
  try {
    return readPrivateKey(given);
  } catch (error) {
    return error;
  }
};

describe("reading a private key", () => {
  test.each(["pkcs1", "pkcs8"] as const)("takes PEM of the form %s with a kid", (type) => {
    const read = readPrivateKey({ text: `\n  ${pem(type)}\n`, kid: "tool-1" });
    expect(read).toMatchObject({ kid: "tool-1", bits: 2_048 });
    const signature = sign("sha256", Buffer.from("x"), createPrivateKey(pem("pkcs8")));
    const published = createPublicKey({ key: read.publicJwk as never, format: "jwk" });
    expect(verify("sha256", Buffer.from("x"), published, signature)).toBe(true);
  });

  test("keeps the kid of a JWK, unless another is given", () => {
    const text = JSON.stringify({ ...jwk, kid: "its own" });
    expect(readPrivateKey({ text }).kid).toBe("its own");
    expect(readPrivateKey({ text, kid: "given" }).kid).toBe("given");
    expect(
      readPrivateKey({ text: JSON.stringify({ keys: [{ ...jwk, kid: "in a set" }] }) }).kid,
    ).toBe("in a set");
  });

  test("has nothing private in the public half", () => {
    const { publicJwk } = readPrivateKey({ text: pem("pkcs8"), kid: "k" });
    expect(Object.keys(publicJwk).sort()).toEqual(["alg", "e", "kid", "kty", "n", "use"]);
  });

  test("opens an encrypted PEM with its passphrase alone", () => {
    for (const type of ["pkcs8", "pkcs1"] as const) {
      const options = { format: "pem", type, cipher: "aes-256-cbc", passphrase: "open" } as const;
      const text = rsa.privateKey.export(options) as string;
      expect(readPrivateKey({ text, passphrase: "open", kid: "k" }).bits).toBe(2_048);
      expect(reading({ text, kid: "k" })).toEqual(refusal(/encrypted: give its passphrase/));
      expect(reading({ text, kid: "k", passphrase: "no" })).toEqual(refusal(/does not open/));
    }
  });

  test("refuses what is no private RSA key that is strong enough, and says why", () => {
    const weak = generateKeyPairSync("rsa", { modulusLength: 1_024 }).privateKey;
    const curve = generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey;
    const pss = generateKeyPairSync("rsa-pss", { modulusLength: 2_048 }).privateKey;
    const asPem = (key: typeof weak) => key.export({ format: "pem", type: "pkcs8" }) as string;
    const publicPem = rsa.publicKey.export({ format: "pem", type: "spki" }) as string;
    const { n, e, kty } = jwk;
    const other = generateKeyPairSync("rsa", { modulusLength: 2_048 }).publicKey.export({
      format: "jwk",
    });
    const cases: [string, RegExp][] = [
      [asPem(weak), /too weak: it has 1024 bits/],
      [JSON.stringify({ ...weak.export({ format: "jwk" }), kid: "k" }), /too weak/],
      [asPem(curve), /elliptic-curve/],
      [asPem(pss), /RSA-PSS/],
      [publicPem, /is public/],
      ["-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----", /is public/],
      [JSON.stringify({ n, e, kty, kid: "k" }), /is public/],
      [JSON.stringify({ keys: [{ n, e, kty }] }), /is public/],
      [JSON.stringify({ keys: [jwk, jwk] }), /one of several/],
      [JSON.stringify({ kty: "oct", k: "c2VjcmV0" }), /shared secret/],
      [JSON.stringify({ ...jwk, n: other.n, kid: "k" }), /damaged|cannot be read/],
      ["-----BEGIN OPENSSH PRIVATE KEY-----\nx\n-----END OPENSSH PRIVATE KEY-----", /OpenSSH/],
      ["-----BEGIN PRIVATE KEY-----\nnothing\n-----END PRIVATE KEY-----", /cannot be read/],
      ["hello", /neither a PEM nor a JWK/],
      ["{", /whole JSON/],
    ];
    for (const [text, reason] of cases) {
      expect(reading({ text, kid: "k" }), text.slice(0, 60)).toEqual(refusal(reason));
    }
  });

  test("asks for a key ID where nothing says it", () => {
    expect(reading({ text: pem("pkcs8") })).toEqual(refusal(/no key ID/));
    expect(reading({ text: JSON.stringify(jwk), kid: "  " })).toEqual(refusal(/no key ID/));
  });
});
