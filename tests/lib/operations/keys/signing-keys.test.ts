import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createSealer } from "#lib/auth/secrets/seal.ts";
import { publishedJwks } from "#lib/db/keys/signing-keys.ts";
import type { Caller } from "#lib/operations/caller.ts";
import { readKeySet } from "#lib/operations/keys/public-keys.ts";
import {
  listSigningKeys,
  prepareSigningKey,
  replaceSigningKeys,
  retireSigningKey,
  switchSigningKey,
} from "#lib/operations/keys/signing-keys.ts";
import { resealSecrets } from "#lib/sync/index.ts";
import {
  addCourse,
  finished,
  register,
  startInstallation,
  startRun,
  TEST_SECRET,
  wantScores,
  type Installation,
} from "#tests/support/installation.ts";
import { callerOf } from "#tests/support/launching.ts";
import { startPlatform, type PlatformClient } from "#tests/support/platform/index.ts";

const HOUR_MS = 3_600_000;

let platform: PlatformClient;
let installation: Installation;
let now: Date;
let caller: Caller;

beforeAll(async () => {
  platform = await startPlatform();
});
beforeEach(async () => {
  installation = await startInstallation();
  now = new Date();
  caller = callerOf(installation, () => now);
  return () => installation.stop();
});
afterAll(() => platform.stop());

const pass = (ms: number) => (now = new Date(now.getTime() + ms));
const states = async () => (await listSigningKeys(caller)).keys.map(({ state }) => state);
const refused = { code: "operation.conflict" };

describe("a rotation", () => {
  test("publishes the next key, signs with it, and retires the old one later", async () => {
    const [old] = (await listSigningKeys(caller)).keys;
    await prepareSigningKey(caller);
    expect(await states()).toEqual(["next", "signing"]);
    expect(await publishedJwks(installation.db)).toHaveLength(2);
    await expect(prepareSigningKey(caller)).rejects.toMatchObject(refused);
    await expect(switchSigningKey(caller)).rejects.toMatchObject(refused);
    pass(HOUR_MS + 120_000);
    await switchSigningKey(caller);
    expect(await states()).toEqual(["signing", "previous"]);
    const retire = () => retireSigningKey(caller, { kid: old!.kid });
    await expect(retire()).rejects.toMatchObject(refused);
    pass(24 * HOUR_MS);
    await retire();
    expect(await states()).toEqual(["signing", "retired"]);
    expect(await publishedJwks(installation.db)).toHaveLength(1);
    await expect(retire()).rejects.toMatchObject({ code: "operation.not_found" });
  });

  test("never retires the key that signs", async () => {
    const [only] = (await listSigningKeys(caller)).keys;
    await expect(retireSigningKey(caller, { kid: only!.kid })).rejects.toMatchObject(refused);
  });

  test("makes a kid that was never used", async () => {
    await prepareSigningKey(caller);
    await replaceSigningKeys(caller);
    await replaceSigningKeys(caller);
    const { keys } = await listSigningKeys(caller);
    expect(new Set(keys.map(({ kid }) => kid)).size).toBe(4);
    expect(keys.filter(({ state }) => state === "retired")).toHaveLength(3);
    expect(keys[0]).toMatchObject({ state: "signing" });
  });

  test("is told with who has read the key set", async () => {
    const reader = { address: "203.0.113.7", userAgent: "LMS/1.0" };
    await readKeySet(installation.db, reader, now);
    await prepareSigningKey(caller);
    const before = await listSigningKeys(caller);
    expect(before.keys.map(({ fetchedBy }) => fetchedBy)).toEqual([0, 1]);
    await readKeySet(installation.db, reader, now);
    const after = await listSigningKeys(caller);
    expect(after.keys.map(({ fetchedBy }) => fetchedBy)).toEqual([1, 1]);
    expect(after.fetches).toMatchObject([{ ...reader, fetches: 2, hasSigningKey: true }]);
  });
});

describe("in the middle of a grade batch", () => {
  /** A sync of 120 scores on tokens that live for seconds; the keys change once it is under way. */
  async function batchWhile(change: () => Promise<unknown>) {
    const registration = await register(installation, platform);
    const { clientId } = registration;
    await platform.misbehave({ kind: "token_lifetime", seconds: 3, clientId });
    await platform.misbehave({ kind: "delay", route: "scores", ms: 60, when: "before", clientId });
    const made = await addCourse(installation, platform, registration, {
      members: 125,
      lineItems: 1,
    });
    const learners = await platform.rosterOf({ contextId: made.contextId, role: "Learner" });
    const userIds = learners.slice(0, 120).map(({ userId }) => userId);
    await wantScores(installation, made.lineItems[0]!, userIds);
    const target = { registrationId: registration.id, courseId: made.course.id };
    const { id } = await startRun(installation, "grade_sync", target);
    await scoresSent(clientId, 15);
    await change();
    await publish(clientId);
    const run = await finished(installation, id);
    const requests = await platform.requests({ clientId, route: "token" });
    const kids = new Set(
      requests.map(
        ({ assertion }) => (assertion as { header?: { kid?: string } } | undefined)?.header?.kid,
      ),
    );
    return { run, kids, requests };
  }

  async function scoresSent(clientId: string, count: number): Promise<void> {
    while ((await platform.requests({ clientId, route: "scores" })).length < count) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  /** What /lti/jwks would answer from now on. */
  async function publish(name: string): Promise<void> {
    await platform.hostToolJwks({ name, jwks: { keys: await publishedJwks(installation.db) } });
  }

  test("a switch of keys lets nothing fail", async () => {
    await prepareSigningKey(caller);
    pass(HOUR_MS + 120_000);
    const { run, kids, requests } = await batchWhile(() => switchSigningKey(caller));
    expect(run).toMatchObject({ state: "succeeded", done: 120, failed: 0 });
    expect(requests.map(({ status }) => status)).toEqual(requests.map(() => 200));
    expect(kids.size).toBe(2);
  }, 90_000);

  test("an emergency replacement lets nothing fail", async () => {
    const { run, kids } = await batchWhile(() => replaceSigningKeys(caller));
    expect(run).toMatchObject({ state: "succeeded", done: 120, failed: 0 });
    expect(kids.size).toBe(2);
  }, 90_000);
});

describe("a new installation secret", () => {
  /** One token in the cache, sealed with the secret of the tests. */
  async function withToken(): Promise<void> {
    const registration = await register(installation, platform);
    const { course } = await addCourse(installation, platform, registration, { members: 2 });
    const target = { registrationId: registration.id, courseId: course.id };
    await finished(installation, (await startRun(installation, "roster_sync", target)).id);
  }

  test("seals anew what the previous one sealed, so that the previous one can go", async () => {
    await withToken();
    const next = "another secret of the tests, long enough for it";
    const both = createSealer(next, TEST_SECRET);
    expect(await resealSecrets(installation.db, both)).toMatchObject({ keys: 1, tokens: 1 });
    expect(await resealSecrets(installation.db, both)).toMatchObject({ keys: 0, tokens: 0 });
    const alone = createSealer(next);
    const { prisma } = installation.db;
    const key = await prisma.signingKey.findFirstOrThrow();
    expect(JSON.parse(alone.unseal(key.sealedPrivateJwk, "signing_key"))).toHaveProperty("d");
    const token = await prisma.accessToken.findFirstOrThrow();
    expect(alone.unseal(token.sealedToken, "access_token")).not.toBe("");
  });

  test("drops tokens that no secret opens, and leaves keys for the right one", async () => {
    const stranger = createSealer("a secret that sealed nothing here, ever at all");
    await withToken();
    const before = await installation.db.prisma.signingKey.findFirstOrThrow();
    const outcome = { keys: 0, tokens: 0, tokensDropped: 1 };
    expect(await resealSecrets(installation.db, stranger)).toEqual(outcome);
    expect(await installation.db.prisma.signingKey.findFirstOrThrow()).toEqual(before);
  });
});
