import { createLocalJWKSet } from "jose";
import { afterAll, beforeAll, expect, test } from "vitest";
import { GET as healthz } from "../../../app/api/healthz/route.ts";
import { GET as readyz } from "../../../app/api/readyz/route.ts";
import { GET as jwks } from "../../../app/lti/jwks/route.ts";
import { createSealer } from "#lib/auth/secrets/seal.ts";
import { beat } from "#lib/db/system/workers.ts";
import { requestOf, startApi, type Api } from "#tests/support/api.ts";

let api: Api;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.stop());

const ready = () => readyz(requestOf("GET", "/api/readyz", { key: null }));

test("healthz says that the process answers", async () => {
  const response = healthz();
  expect(response.status).toBe(200);
  expect(await response.json()).toEqual({ status: "ok" });
});

test("readyz wants a database, its migrations and a worker", async () => {
  const without = await ready();
  expect(without.status).toBe(503);
  expect(await without.json()).toEqual({
    status: "not_ready",
    checks: { database: "ok", migrations: "ok", secret: "ok", worker: "failed" },
  });
  await beat(api.runtime.db, { id: crypto.randomUUID(), host: "elsewhere", pid: 1 });
  const response = await ready();
  expect(response.status).toBe(200);
  expect(response.headers.get("cache-control")).toBe("no-store");
  expect(await response.json()).toEqual({
    status: "ready",
    checks: { database: "ok", migrations: "ok", secret: "ok", worker: "ok" },
  });
});

test("readyz misses a migration that was not applied", async () => {
  const { pool } = api.runtime.db;
  const { rows } = await pool.query<{ name: string }>(
    `UPDATE _prisma_migrations SET rolled_back_at = now()
      WHERE migration_name = (SELECT max(migration_name) FROM _prisma_migrations)
     RETURNING migration_name AS name`,
  );
  const response = await ready();
  await pool.query(`UPDATE _prisma_migrations SET rolled_back_at = NULL`);
  expect(rows).toHaveLength(1);
  expect(response.status).toBe(503);
  expect(await response.json()).toMatchObject({ checks: { database: "ok", migrations: "failed" } });
});

test("readyz and the console say that the secret is another one", async () => {
  const { db, engine } = api.runtime;
  const [key] = await db.prisma.signingKey.findMany();
  const { kid = "", sealedPrivateJwk = "" } = key ?? {};
  const elsewhere = createSealer("another-installation-s-secret-of-enough-characters");
  const foreign = elsewhere.seal("{}", "signing key");
  await db.prisma.signingKey.update({ where: { kid }, data: { sealedPrivateJwk: foreign } });
  const response = await ready();
  const system = await api.ask("GET", "/system");
  await db.prisma.signingKey.update({ where: { kid }, data: { sealedPrivateJwk } });
  expect(response.status).toBe(503);
  expect(await response.json()).toMatchObject({ checks: { database: "ok", secret: "failed" } });
  expect(system.body).toMatchObject({ secretOpens: false });
  expect(await engine.hasRightSecret()).toBe(true);
});

test("the key set is public, cacheable, and holds no private part", async () => {
  const response = await jwks(requestOf("GET", "/lti/jwks", { key: null }));
  expect(response.status).toBe(200);
  expect(response.headers.get("content-type")).toBe("application/json");
  expect(response.headers.get("cache-control")).toBe("public, max-age=600");
  const keySet = (await response.json()) as Parameters<typeof createLocalJWKSet>[0];
  expect(keySet.keys).toHaveLength(1);
  expect(Object.keys(keySet.keys[0] ?? {}).sort()).toEqual(["alg", "e", "kid", "kty", "n", "use"]);
  const key = await createLocalJWKSet(keySet)({ alg: "RS256", kid: keySet.keys[0]?.kid });
  expect(key.type).toBe("public");
});
