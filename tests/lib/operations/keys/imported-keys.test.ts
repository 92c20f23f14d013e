import { generateKeyPairSync } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createSealer } from "#lib/auth/secrets/seal.ts";
import { publishedJwks } from "#lib/db/keys/signing-keys.ts";
import type { Registration } from "#lib/db/generated/client.ts";
import type { Caller } from "#lib/operations/caller.ts";
import {
  getConnectionTest,
  testConnection,
} from "#lib/operations/connection-tests/connection-tests.ts";
import {
  deleteImportedKey,
  getRegistrationKeys,
  importKey,
  useImportedKey,
} from "#lib/operations/keys/imported-keys.ts";
import { readKeySet } from "#lib/operations/keys/public-keys.ts";
import { replaceSigningKeys } from "#lib/operations/keys/signing-keys.ts";
import { updateRegistration } from "#lib/operations/registrations/registrations.ts";
import { resealSecrets } from "#lib/sync/index.ts";
import {
  addCourse,
  finished,
  register,
  startInstallation,
  startRun,
  TEST_SECRET,
  type Installation,
} from "#tests/support/installation.ts";
import { callerOf } from "#tests/support/launching.ts";
import { startPlatform, type PlatformClient } from "#tests/support/platform/index.ts";

let platform: PlatformClient;
let installation: Installation;
let caller: Caller;

beforeAll(async () => {
  platform = await startPlatform();
});
beforeEach(async () => {
  installation = await startInstallation();
  caller = callerOf(installation, () => new Date());
  return () => installation.stop();
});
afterAll(() => platform.stop());

/** A key pair of a tool, and its key set as the platform reads it. */
function makeKey(kid: string) {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2_048 });
  const { kty, n, e, ...secret } = privateKey.export({ format: "jwk" });
  const publicJwk = { kty, n, e, kid, alg: "RS256", use: "sig" };
  const key = privateKey.export({ format: "pem", type: "pkcs8" }) as string;
  return { kid, key, publicJwk, privateJwk: { ...publicJwk, ...secret } };
}

/** A registration whose LMS reads a key set of the tool that stands beside. */
async function toolWith(keys: object[]): Promise<{ registration: Registration; jwksUrl: string }> {
  const registration = await register(installation, platform);
  const name = crypto.randomUUID();
  const { jwksUrl } = await platform.hostToolJwks({ name, jwks: { keys: keys as never } });
  const { clientId } = await platform.addRegistration({ clientId: name, jwksUrl });
  await installation.db.prisma.registration.update({
    where: { id: registration.id },
    data: { clientId, toolJwksUrl: jwksUrl },
  });
  await addCourse(installation, platform, registration, { members: 4, lineItems: 1 });
  return { registration: { ...registration, clientId }, jwksUrl };
}

async function syncOf(registration: Registration) {
  const { id } = await startRun(installation, "roster_sync", { registrationId: registration.id });
  return finished(installation, id);
}

async function kidsUsed({ clientId }: Registration): Promise<string[]> {
  const requests = await platform.requests({ clientId, route: "token" });
  return requests.map(
    ({ assertion }) => (assertion as { header: { kid: string } } | undefined)?.header.kid ?? "",
  );
}

/** What the connection test says of the key set. */
async function keySetStep({ id }: { id: string }) {
  await testConnection(caller, { registrationId: id });
  for (;;) {
    const test = await getConnectionTest(caller, { registrationId: id });
    if (test?.state !== "running") return test!.steps.find(({ key }) => key === "tool_jwks")!;
    await new Promise((next) => setTimeout(next, 50));
  }
}

describe("a registration with the key of its tool", () => {
  test("is let in by the tool’s own key set, and the key is in ours nowhere", async () => {
    const key = makeKey("tool-1");
    const { registration } = await toolWith([key.publicJwk]);
    const registrationId = registration.id;
    const keys = await importKey(caller, { registrationId, key: key.key, kid: key.kid });
    expect(keys).toMatchObject({ signsWith: "imported_key", kid: "tool-1" });
    expect(keys.imported).toMatchObject([{ state: "signing", bits: 2_048 }]);
    expect(JSON.stringify(keys)).not.toContain(key.privateJwk.d);
    expect((await syncOf(registration)).state).toBe("succeeded");
    expect(await kidsUsed(registration)).toEqual(["tool-1"]);
    const reader = { address: "203.0.113.1", userAgent: "LMS" };
    const published = await readKeySet(installation.db, reader, new Date());
    expect(published.keys.map(({ kid }) => kid)).not.toContain("tool-1");
    const [stored] = await installation.db.prisma.importedKey.findMany();
    expect(stored!.sealedPrivateJwk).not.toContain(key.privateJwk.d);
    expect(await keySetStep(registration)).toMatchObject({ state: "passed" });
  });

  test("signs for each registration with its own key", async () => {
    const [one, other] = [makeKey("shared name"), makeKey("shared name")];
    const first = await toolWith([one.publicJwk]);
    const second = await toolWith([other.publicJwk]);
    const ours = await register(installation, platform);
    await addCourse(installation, platform, ours, { members: 2 });
    const text = JSON.stringify(one.privateJwk);
    await importKey(caller, { registrationId: first.registration.id, key: text });
    const secondId = second.registration.id;
    await importKey(caller, { registrationId: secondId, key: other.key, kid: "shared name" });
    const runs = await Promise.all(
      [first.registration, second.registration, ours].map((each) => syncOf(each)),
    );
    expect(runs.map(({ state }) => state)).toEqual(["succeeded", "succeeded", "succeeded"]);
    const [own] = await publishedJwks(installation.db);
    expect(await kidsUsed(ours)).toEqual([own!["kid"]]);
  });

  test("is not touched by our rotation, and a new key takes over from beside", async () => {
    const [old, next] = [makeKey("old"), makeKey("next")];
    const { registration } = await toolWith([old.publicJwk, next.publicJwk]);
    const registrationId = registration.id;
    await importKey(caller, { registrationId, key: old.key, kid: "old" });
    const signsNow = false;
    await importKey(caller, { registrationId, key: next.key, kid: "next", signsNow });
    await replaceSigningKeys(caller);
    const waiting = await getRegistrationKeys(caller, { registrationId });
    expect(waiting.imported.map(({ kid, state }) => [kid, state])).toEqual([
      ["next", "next"],
      ["old", "signing"],
    ]);
    expect((await syncOf(registration)).state).toBe("succeeded");
    const [waits, signs] = waiting.imported;
    await expect(
      deleteImportedKey(caller, { registrationId, keyId: signs!.id }),
    ).rejects.toMatchObject({ code: "operation.conflict" });
    const after = await useImportedKey(caller, { registrationId, keyId: waits!.id });
    expect(after.kid).toBe("next");
    expect((await syncOf(registration)).state).toBe("succeeded");
    expect(await kidsUsed(registration)).toEqual(["old", "next"]);
    const rest = await deleteImportedKey(caller, { registrationId, keyId: signs!.id });
    expect(rest.imported.map(({ kid }) => kid)).toEqual(["next"]);
    const trail = await installation.db.prisma.auditEntry.findMany({
      where: { objectId: registrationId },
      orderBy: { id: "asc" },
    });
    expect(trail.map(({ action }) => action)).toEqual([
      "registration.import_key",
      "registration.import_key",
      "registration.use_key",
      "registration.delete_key",
    ]);
    expect(JSON.stringify(trail.map(({ detail }) => detail))).not.toContain("PRIVATE");
  });

  test("is resealed with the secret", async () => {
    const key = makeKey("tool-1");
    const { registration } = await toolWith([key.publicJwk]);
    await importKey(caller, { registrationId: registration.id, key: key.key, kid: "tool-1" });
    const moved = createSealer("another secret of the tests, as long", TEST_SECRET);
    expect(await resealSecrets(installation.db, moved)).toMatchObject({ keys: 2 });
    const { sealedPrivateJwk } = await installation.db.prisma.importedKey.findFirstOrThrow();
    const alone = createSealer("another secret of the tests, as long");
    const purpose = `imported key ${registration.id}`;
    expect(JSON.parse(alone.unseal(sealedPrivateJwk, purpose))).toMatchObject({ kid: "tool-1" });
  });

  test("refuses what cannot sign, and says at which field", async () => {
    const { registration } = await toolWith([]);
    const registrationId = registration.id;
    const { key, publicJwk } = makeKey("k");
    const fieldsOf = (input: { key: string; kid?: string }) =>
      importKey(caller, { registrationId, ...input }).then(
        () => null,
        (error: { fields: Record<string, string[]> }) => Object.keys(error.fields),
      );
    expect(await fieldsOf({ key: JSON.stringify(publicJwk) })).toEqual(["key"]);
    expect(await fieldsOf({ key })).toEqual(["kid"]);
    const locked = generateKeyPairSync("rsa", { modulusLength: 2_048 }).privateKey.export({
      format: "pem",
      type: "pkcs8",
      cipher: "aes-256-cbc",
      passphrase: "p",
    }) as string;
    expect(await fieldsOf({ key: locked, kid: "k" })).toEqual(["passphrase"]);
    await importKey(caller, { registrationId, key, kid: "k" });
    await expect(importKey(caller, { registrationId, key, kid: "k" })).rejects.toMatchObject({
      code: "operation.conflict",
    });
  });
});

describe("the connection test beside a tool", () => {
  test("finds our key in the tool’s key set, or says that it is the tool’s turn", async () => {
    const own = (await publishedJwks(installation.db)) as object[];
    const { registration } = await toolWith([makeKey("tool").publicJwk, ...own]);
    const registrationId = registration.id;
    const signsWith = "tool_key_set";
    await updateRegistration(caller, { registrationId, signsWith });
    expect(await keySetStep(registration)).toMatchObject({ state: "passed" });
    expect((await syncOf(registration)).state).toBe("succeeded");

    const without = await toolWith([makeKey("tool").publicJwk]);
    await updateRegistration(caller, { registrationId: without.registration.id, signsWith });
    const missed = await keySetStep(without.registration);
    expect(missed).toMatchObject({ state: "failed", owner: "tool_developer" });
    expect(missed.summary).toBe("The tool’s key set does not hold our key.");
    expect(missed.fix).toContain(without.jwksUrl);
    expect(missed.fix).toContain("/lti/jwks");
    expect((await syncOf(without.registration)).state).toBe("failed");
  });

  test("names the key ID under which the tool publishes the key", async () => {
    const key = makeKey("published as this");
    const { registration } = await toolWith([key.publicJwk]);
    const registrationId = registration.id;
    await importKey(caller, { registrationId, key: key.key, kid: "imported as that" });
    const step = await keySetStep(registration);
    expect(step).toMatchObject({ state: "failed", owner: "operator" });
    expect(step.fix).toContain("published as this");
    expect((await syncOf(registration)).state).toBe("failed");
  });

  test("tells another key under the same key ID, a private one, and none at all", async () => {
    const [published, imported] = [makeKey("same"), makeKey("same")];
    const other = await toolWith([published.publicJwk]);
    const registrationId = other.registration.id;
    await importKey(caller, { registrationId, key: imported.key, kid: "same" });
    expect((await keySetStep(other.registration)).summary).toMatch(/has another key/);

    const leaked = await toolWith([imported.privateJwk]);
    const leakedId = leaked.registration.id;
    await importKey(caller, { registrationId: leakedId, key: imported.key, kid: "same" });
    expect((await keySetStep(leaked.registration)).summary).toMatch(/publishes a private key/);

    const bare = await toolWith([]);
    const bareId = bare.registration.id;
    await updateRegistration(caller, { registrationId: bareId, signsWith: "imported_key" });
    expect((await keySetStep(bare.registration)).summary).toBe("No key has been imported yet.");
    const run = await syncOf(bare.registration);
    expect(run).toMatchObject({ state: "failed", errorCode: "sync.signing_key_missing" });
  });

  test("needs the tool’s JWKS URL where ours is added to it", async () => {
    const registration = await register(installation, platform);
    const registrationId = registration.id;
    await expect(
      updateRegistration(caller, { registrationId, signsWith: "tool_key_set" }),
    ).rejects.toMatchObject({ fields: { toolJwksUrl: [expect.stringMatching(/JWKS URL/)] } });
  });
});
