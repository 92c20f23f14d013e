import { describe, expect, test } from "vitest";
import { generateSigningKey, importSigningKey, publicJwks } from "#lib/lti/index.ts";
import { useServiceStage } from "#tests/support/service-stage.ts";

describe("Security Framework 1.0 §6.1 RSA key", () => {
  test("is an RSA key of at least 2,048 bits", async () => {
    const { publicJwk } = await generateSigningKey();
    expect(publicJwk.kty).toBe("RSA");
    expect(Buffer.from(publicJwk.n ?? "", "base64url").length * 8).toBeGreaterThanOrEqual(2_048);
  });
});

describe("Security Framework 1.0 §6.3 Key set URL", () => {
  test("publishes public members alone, each key with its kid", async () => {
    const keys = [await generateSigningKey(), await generateSigningKey()];
    const jwks = publicJwks(keys.map(({ privateJwk }) => privateJwk));
    for (const [index, key] of jwks.keys.entries()) {
      expect(Object.keys(key).sort()).toEqual(["alg", "e", "kid", "kty", "n", "use"]);
      expect(key).toMatchObject({ alg: "RS256", use: "sig", kid: keys[index]?.kid });
    }
  });
});

describe("Security Framework 1.0 §6.4 Key rotation", () => {
  const stage = useServiceStage();

  test("gives every new key another kid, and gets tokens with old and new while both are out", async () => {
    const [old, fresh] = [await generateSigningKey(), await generateSigningKey()];
    expect(fresh.kid).not.toBe(old.kid);
    const jwks = publicJwks([old.publicJwk, fresh.publicJwk]);
    const { jwksUrl } = await stage.platform.hostToolJwks({ name: "rotating", jwks });
    const { clientId } = await stage.platform.addRegistration({ jwksUrl });
    for (const { privateJwk } of [old, fresh]) {
      const signingKey = await importSigningKey(privateJwk);
      const client = await stage.connect({ registration: { clientId, signingKey } });
      expect(client.isExpired).toBe(false);
    }
    const used = (await stage.sent({ route: "token", clientId })).map(
      ({ assertion }) => (assertion?.header as { kid: string }).kid,
    );
    expect(used).toEqual([old.kid, fresh.kid]);
  });
});
