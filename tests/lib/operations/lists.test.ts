import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { listAuditEntries } from "#lib/operations/audit/record.ts";
import type { Caller } from "#lib/operations/caller.ts";
import { listRuns } from "#lib/operations/runs/runs.ts";
import type { RunView } from "#lib/operations/runs/schema.ts";
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
    INSERT INTO run (id, kind, state, registration_id, trigger, started_by, created_at)
    SELECT gen_random_uuid(), 'roster_sync',
           (CASE WHEN i <= 40 THEN 'failed' WHEN i <= 60 THEN 'cancelled' ELSE 'succeeded' END)
             ::run_state,
           ${registration.id}::uuid, 'schedule', 'Nightly',
           now() - (i / 7 || ' seconds')::interval
      FROM generate_series(1, ${MORE_THAN_COUNTED}::int) AS i`;
  await prisma.$executeRaw`
    INSERT INTO audit_entry (actor, source, action, object)
    SELECT CASE WHEN i % 100 = 0 THEN 'API key 50%_off' ELSE 'Kim Park ' || i % 5 END,
           'operator', 'run.start', 'run'
      FROM generate_series(1, ${MORE_THAN_COUNTED}::int) AS i`;
}, 120_000);
afterAll(() => installation.stop());

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
