import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { transaction, type Db } from "#lib/db/client.ts";
import { permit } from "#lib/operations/permit.ts";
import type { Page } from "#lib/operations/fields.ts";
import { createSecurityLog } from "#lib/operations/audit/security-events.ts";
import { verifyAudit, type ChainReport } from "#lib/operations/audit/verify.ts";
import type { AuditEntryView } from "#lib/operations/operators/schema.ts";
import { startApi, type Api } from "#tests/support/api.ts";
import { querySql } from "#tests/support/database.ts";

let api: Api;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.stop());

const system = () => api.runtime.askerFor({ kind: "system", id: "system", name: "Test" });
const callerOn = async (db: Db) => ({ ...(await permit(system(), "admin", "everywhere")), db });
const entriesOf = async (query: string) =>
  (await api.ask<Page<AuditEntryView>>("GET", `/audit?${query}`)).body.items;

describe("an entry", () => {
  test("says who by kind and ID, from where and by which request", async () => {
    const headers = { "x-rollbook-client-address": "192.0.2.7" };
    const made = await api.ask<{ id: string }>("POST", "/api-keys", {
      json: { name: "Push" },
      headers,
    });
    const [entry] = await entriesOf(`objectId=${made.body.id}`);
    const key = await api.runtime.db.prisma.apiKey.findFirstOrThrow({
      where: { name: "environment" },
    });
    expect(entry).toMatchObject({
      action: "api_key.create",
      actorKind: "api_key",
      actorId: key.id,
      address: "192.0.2.7",
      requestId: made.headers.get("x-request-id"),
      times: 1,
    });
    expect((await entriesOf("q=192.0.2.7&action=api_key.create")).length).toBe(1);
    expect((await entriesOf(`actorId=${key.id}&q=push`)).map(({ id }) => id)).toContain(entry!.id);
  });

  test("has its object's name as it is now, and none once the object is gone", async () => {
    const made = await api.ask<{ id: string }>("POST", "/api-keys", { json: { name: "Old" } });
    const { id } = made.body;
    const { apiKey } = api.runtime.db.prisma;
    await apiKey.update({ where: { id }, data: { name: "New" } });
    expect((await entriesOf(`objectId=${id}`))[0]).toMatchObject({ objectName: "New" });
    await apiKey.delete({ where: { id } });
    expect((await entriesOf(`objectId=${id}`))[0]).toMatchObject({ objectName: null });

    const bea = {
      name: "Bea",
      email: "bea@example.edu",
      password: "kept by Bea alone",
      role: "viewer",
    };
    const operator = await api.ask<{ id: string }>("POST", "/operators", { json: bea });
    expect((await entriesOf(`objectId=${operator.body.id}`))[0]).toMatchObject({
      objectName: "Bea",
    });
  });

  test("is there for a file that leaves, and for a key that is refused", async () => {
    await api.ask("GET", "/exports/courses?format=json");
    expect((await entriesOf("action=list.export"))[0]).toMatchObject({
      detail: { list: "/courses", format: "json" },
    });
    const refused = await api.ask("GET", "/courses", { key: "rbk_wrong" });
    expect(refused.status).toBe(401);
    expect((await entriesOf("action=api_key.refused"))[0]).toMatchObject({
      actorKind: "anonymous",
      requestId: refused.headers.get("x-request-id"),
    });
  });
});

describe("what anybody can cause", () => {
  test("is counted by the minute, and told apart up to a bound", async () => {
    const { db } = api.runtime;
    const errors: unknown[] = [];
    const log = createSecurityLog(db, { onError: (error) => errors.push(error) });
    const deed = { action: "noise.test", object: "noise", objectId: null };
    for (let i = 0; i < 2_000; i++) {
      const address = i % 2 === 0 ? "192.0.2.1" : `198.51.100.${i % 250}`;
      await log.count({ address, id: `r${i}` }, deed);
    }
    await log.flush();
    const rows = await db.prisma.auditEntry.findMany({ where: { action: "noise.test" } });
    expect(errors).toEqual([]);
    expect(rows.reduce((sum, { times }) => sum + times, 0)).toBe(2_000);
    expect(rows.length).toBeLessThanOrEqual(121);
    expect(rows.filter(({ address }) => address === "192.0.2.1").map(({ times }) => times)).toEqual(
      [1, 999],
    );
  });
});

describe("the audit", () => {
  test("cannot be changed, deleted or emptied", async () => {
    const { db } = api.runtime;
    const refused = /the audit is only added to/;
    await expect(db.execute("UPDATE audit_entry SET actor = 'x'")).rejects.toThrow(refused);
    await expect(db.execute("DELETE FROM audit_entry")).rejects.toThrow(refused);
    await expect(db.execute("TRUNCATE audit_entry")).rejects.toThrow(refused);
    await expect(db.execute("DELETE FROM audit_link")).rejects.toThrow(refused);
    await expect(db.execute("TRUNCATE audit_anchor")).rejects.toThrow(refused);
  });

  test("is one chain, whoever wrote at the same time", async () => {
    const log = createSecurityLog(api.runtime.db, { onError: () => undefined });
    const actor = { kind: "system", id: "system", name: "Test" } as const;
    const deed = {
      action: "chain.test",
      object: "chain",
      objectId: null,
      detail: { é: [1.5, "x"] },
    };
    await Promise.all(Array.from({ length: 30 }, () => log.record(actor, deed)));
    const report = await verifyAudit(system());
    expect(report).toMatchObject({ broken: null });
    expect(report.entries).toBe(await api.runtime.db.prisma.auditEntry.count());
  });

  test("loses its oldest entries by the one function for it, and stays a chain", async () => {
    const { db } = api.runtime;
    const before = await verifyAudit(system());
    expect((await forget("now() - interval '1 day'", 10)).forgotten).toBe("0");
    expect((await forget("now() + interval '1 day'", 5)).forgotten).toBe("5");
    expect(await verifyAudit(system())).toEqual({ ...before, entries: before.entries - 5 });
    await expect(db.execute("DELETE FROM audit_entry")).rejects.toThrow(/only added to/);
  });

  test.each([
    ["changed", "UPDATE audit_entry SET actor = 'somebody else' WHERE id = $1", "entry_changed"],
    ["deleted", "DELETE FROM audit_entry WHERE id = $1", "entry_missing"],
    [
      "taken out with its link",
      "WITH gone AS (DELETE FROM audit_entry WHERE id = $1) DELETE FROM audit_link WHERE entry_id = $1",
      "link_missing",
    ],
    [
      "added behind its back",
      "INSERT INTO audit_entry (actor, source, action, object) SELECT 'x', 'api', 'y', 'z' WHERE $1::bigint > 0",
      "not_chained",
    ],
  ])("tells an entry that was %s by who owns the database", async (_how, sql, reason) => {
    const { db } = api.runtime;
    const middle = await db.prisma.auditEntry.findFirstOrThrow({ skip: 3, orderBy: { id: "asc" } });
    let report: ChainReport | undefined;
    const tampering = transaction(db, async (tx) => {
      await tx.execute("SET LOCAL session_replication_role = replica");
      await tx.execute(sql, [middle.id]);
      report = await verifyAudit(await callerOn(tx));
      throw new Error("undone");
    });
    await expect(tampering).rejects.toThrow("undone");
    expect(report!.broken).toMatchObject({ reason });
  });
});

async function forget(before: string, most: number) {
  const { databaseUrl } = api.runtime.env;
  const sql = `SELECT audit_forget(${before}, ${most})::text AS forgotten`;
  const [row] = await querySql<{ forgotten: string }>(databaseUrl!, sql);
  return row!;
}
