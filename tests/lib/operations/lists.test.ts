import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { FULL_ACCESS } from "#lib/auth/rights.ts";
import { listAuditEntries } from "#lib/operations/audit/record.ts";
import type { Caller } from "#lib/operations/caller.ts";
import { listRuns } from "#lib/operations/runs/runs.ts";
import type { RunView } from "#lib/operations/runs/schema.ts";
import { deleteSavedView, listSavedViews, saveView } from "#lib/operations/lists/saved-views.ts";
import { startInstallation, type Installation } from "#tests/support/installation.ts";
import { callerOf } from "#tests/support/launching.ts";

const MORE_THAN_COUNTED = 10_050;

let installation: Installation;
let caller: Caller;

beforeAll(async () => {
  installation = await startInstallation({ isWorker: false });
  caller = callerOf(installation);
  const { prisma } = installation.db;
  const registration = await prisma.registration.create({
    data: {
      name: "State University",
      issuer: "https://lms.example.edu",
      clientId: "client",
      tokenEndpoint: "https://lms.example.edu/token",
      authorizationEndpoint: "https://lms.example.edu/authorize",
      jwksUrl: "https://lms.example.edu/jwks",
    },
  });
  // Seven runs share each moment, so that a page often ends between two of one moment.
  await prisma.$executeRaw`
    INSERT INTO run (id, kind, state, registration_id, trigger, started_by, created_at, error_code,
                     started_at, finished_at)
    SELECT gen_random_uuid(), 'roster_sync',
           (CASE WHEN i <= 40 THEN 'failed' WHEN i <= 60 THEN 'cancelled' ELSE 'succeeded' END)
             ::run_state,
           ${registration.id}::uuid, (CASE WHEN i <= 9 THEN 'api' ELSE 'schedule' END)::run_trigger,
           CASE WHEN i <= 9 THEN 'API key 50%_off' ELSE 'Nightly' END,
           now() - (i / 7 || ' seconds')::interval,
           CASE WHEN i <= 12 THEN 'lti.token_refused' END,
           CASE WHEN i > 20 THEN now() END,
           CASE WHEN i > 20 THEN now() + (i % 10 || ' seconds')::interval END
      FROM generate_series(1, ${MORE_THAN_COUNTED}::int) AS i`;
  await prisma.$executeRaw`
    INSERT INTO audit_entry (actor, source, action, object)
    SELECT CASE WHEN i % 100 = 0 THEN 'API key 50%_off' ELSE 'Kim Park ' || i % 5 END,
           'operator', 'run.start', 'run'
      FROM generate_series(1, ${MORE_THAN_COUNTED}::int) AS i`;
  const [oldest] = (await listRuns(caller, { sort: "createdAt", limit: 1 })).items;
  rowsUpTo = new Date(Date.parse(oldest!.createdAt) + 60_000).toISOString();
}, 120_000);
afterAll(() => installation.stop());

/** Leaves some hundreds of runs, so that all of them can be walked over in small pages. */
let rowsUpTo: string;

const secondsOf = (run: RunView) =>
  run.finishedAt && run.startedAt ? Date.parse(run.finishedAt) - Date.parse(run.startedAt) : 0;
const VALUES: Record<string, (run: RunView) => string | number> = {
  took: secondsOf,
  finishedAt: (run) => run.finishedAt ?? "",
  createdAt: (run) => run.createdAt,
};

/** All runs under a filter, page by page. */
async function walk(filter: Parameters<typeof listRuns>[1]): Promise<RunView[]> {
  const rows: RunView[] = [];
  let cursor: string | undefined;
  do {
    const page = await listRuns(caller, { ...filter, cursor });
    rows.push(...page.items);
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return rows;
}

describe("a list of more rows than are counted", () => {
  test("says that there are more", async () => {
    const runs = await listRuns(caller, { limit: 1 });
    expect(runs).toMatchObject({ total: 10_000, totalIsCapped: true, cappedCounts: [] });
    expect(runs.counts).toMatchObject({ failed: 40, cancelled: 20, succeeded: 9_990 });
    const audit = await listAuditEntries(caller, { limit: 1 });
    expect(audit).toMatchObject({ total: 10_000, totalIsCapped: true });
  });

  test("of which fewer match a filter, counts those exactly", async () => {
    const failed = await listRuns(caller, { state: ["failed"] });
    expect(failed).toMatchObject({ total: 40, totalIsCapped: false });
  });

  test("comes whole and once over its pages, newest first", async () => {
    const rows = await walk({ limit: 200 });
    expect(new Set(rows.map(({ id }) => id)).size).toBe(MORE_THAN_COUNTED);
    const keys = rows.map(({ createdAt, id }) => `${createdAt} ${id}`);
    expect(keys).toEqual([...keys].sort().reverse());
  }, 60_000);

  test("of several states comes in one order, whatever the state", async () => {
    const rows = await walk({ state: ["failed", "cancelled"], limit: 9 });
    expect(rows).toHaveLength(60);
    const keys = rows.map(({ createdAt, id }) => `${createdAt} ${id}`);
    expect(keys).toEqual([...keys].sort().reverse());
  });
});

describe("runs", () => {
  test.each(["took", "-took", "finishedAt", "-finishedAt", "createdAt"] as const)(
    "come whole and once in the order %s",
    async (sort) => {
      const rows = await walk({ sort, until: rowsUpTo, limit: 37 });
      expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
      const { total } = await listRuns(caller, { sort, until: rowsUpTo, limit: 1 });
      expect(rows).toHaveLength(total);
      expect(total).toBeGreaterThan(300);
      const values = rows.map(VALUES[sort.replace("-", "")]!);
      const sorted = [...values].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
      expect(values).toEqual(sort.startsWith("-") ? sorted.reverse() : sorted);
    },
    60_000,
  );

  test("are filtered by who and what started them, by error, time and length", async () => {
    const count = async (filter: Parameters<typeof listRuns>[1]) =>
      (await listRuns(caller, { ...filter, limit: 1 })).total;
    expect(await count({ trigger: "api" })).toBe(9);
    expect(await count({ actor: "50%_OFF" })).toBe(9);
    expect(await count({ actor: "50%off" })).toBe(0);
    expect(await count({ errorCode: "lti.token_refused" })).toBe(12);
    expect(await count({ errorCode: "lti.token_refused", trigger: "schedule" })).toBe(3);
    expect(await count({ minSeconds: 9, state: ["failed"] })).toBe(2);
    expect(await count({ maxSeconds: 0, state: ["failed"] })).toBe(2);
    expect(await count({ since: "2000-01-01", until: "2000-01-01" })).toBe(0);
  });

  test("are found by a name, by who started them, and by the beginning of an ID", async () => {
    const one = (await listRuns(caller, { limit: 1, trigger: "api" })).items[0]!;
    const found = async (q: string) => (await listRuns(caller, { q, limit: 200 })).items;
    expect((await found(one.id.slice(0, 13))).map(({ id }) => id)).toContain(one.id);
    expect(await found(one.id)).toHaveLength(1);
    expect(await found("50%_off")).toHaveLength(9);
    expect((await listRuns(caller, { q: "STATE univ", limit: 1 })).total).toBe(10_000);
    expect(await found("nothing of that name")).toEqual([]);
  });

  test("are chosen one by one", async () => {
    const { items } = await listRuns(caller, { limit: 3 });
    const ids = items.slice(1).map(({ id }) => id);
    expect((await listRuns(caller, { ids })).items.map(({ id }) => id)).toEqual(ids);
  });

  test("refuse a cursor of another order", async () => {
    const { nextCursor } = await listRuns(caller, { limit: 1 });
    const asked = listRuns(caller, { limit: 1, sort: "took", cursor: nextCursor! });
    await expect(asked).rejects.toMatchObject({ fields: { cursor: [expect.any(String)] } });
  });
});

describe("saved views", () => {
  test("are each person's own, one of a name, without the page they were saved on", async () => {
    const nobody = { kind: "api_key", id: "somebody else", name: "Nightly" } as const;
    const actor = { ...nobody, access: FULL_ACCESS };
    const other: Caller = { ...caller, actor };
    const view = { list: "runs", name: "Failed", query: "?state=failed&cursor=abc" } as const;
    await saveView(caller, view);
    const saved = await saveView(caller, { ...view, query: "state=failed&sort=-took" });
    expect(saved.query).toBe("state=failed&sort=-took");
    expect((await listSavedViews(caller, { list: "runs" })).items).toEqual([saved]);
    expect((await listSavedViews(caller, { list: "courses" })).items).toEqual([]);
    expect((await listSavedViews(other, { list: "runs" })).items).toEqual([]);
    const theirs = deleteSavedView(other, { savedViewId: saved.id });
    await expect(theirs).rejects.toMatchObject({ code: "operation.not_found" });
    await deleteSavedView(caller, { savedViewId: saved.id });
    expect((await listSavedViews(caller, { list: "runs" })).items).toEqual([]);
  });
});

describe("the audit log", () => {
  test("finds actors by any part of their name, in any case", async () => {
    const { items, total } = await listAuditEntries(caller, { actor: "park 3", limit: 5 });
    expect(new Set(items.map(({ actor }) => actor))).toEqual(new Set(["Kim Park 3"]));
    expect(total).toBe(MORE_THAN_COUNTED / 5);
  });

  test("takes the signs of a pattern as they are", async () => {
    expect((await listAuditEntries(caller, { actor: "50%_off" })).total).toBe(100);
    expect((await listAuditEntries(caller, { actor: "5%off" })).total).toBe(0);
    expect((await listAuditEntries(caller, { actor: "nobody" })).items).toEqual([]);
  });
});
