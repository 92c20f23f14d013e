import { afterAll, beforeAll, expect, test } from "vitest";
import { listTokens, TOKEN_ORDERS, tokenRows } from "#lib/db/tokens/list.ts";
import { isTokenExpired, safetyMs } from "#lib/lti/index.ts";
import { insertCourses } from "#tests/support/course-stage.ts";
import { createTestDatabase, type TestDatabase } from "#tests/support/database.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

/** A registration whose latest token has lived for so long of so long a life. */
async function withToken(age: number, lifetime: number, evicted = false): Promise<string> {
  const { registrationId } = await insertCourses(database.db, 1);
  const obtainedAt = new Date(Date.now() - age);
  await database.db.prisma.accessToken.create({
    data: {
      registrationId,
      source: "s",
      sealedToken: "sealed",
      fingerprint: "f",
      requestedScopes: [],
      grantedScopes: [],
      obtainedAt,
      expiresAt: new Date(obtainedAt.getTime() + lifetime),
      evictedAt: evicted ? new Date() : null,
    },
  });
  return registrationId;
}

async function requested(registrationId: string, errorCode: string | null) {
  await database.db.prisma.tokenRequest.create({
    data: { registrationId, reason: "first", durationMs: 1, requestedScopes: [], errorCode },
  });
}

async function rowOf(registrationId: string) {
  return (await tokenRows(database.db, [registrationId]))[0]!;
}

test.each([
  ["of an hour, before its last minute", 60 * MINUTE, 58 * MINUTE],
  ["of an hour, in its last minute", 60 * MINUTE, 59 * MINUTE + 5 * SECOND],
  ["of ten minutes, before its last minute", 10 * MINUTE, 8 * MINUTE],
  ["of ten minutes, in its last minute", 10 * MINUTE, 9 * MINUTE + 5 * SECOND],
  ["of five minutes, before its last tenth", 5 * MINUTE, 4 * MINUTE],
  ["of five minutes, in its last tenth", 5 * MINUTE, 4 * MINUTE + 40 * SECOND],
  ["past its end", 5 * MINUTE, 6 * MINUTE],
  ["without any lifetime", 0, 10 * SECOND],
])(
  "the database takes a token for expired when the protocol library does: %s",
  async (_, lifetime, age) => {
    const row = await rowOf(await withToken(age, lifetime));
    const token = { obtainedAt: row.obtainedAt!, expiresAt: row.expiresAt! };
    expect(row.refreshFrom!.getTime()).toBe(token.expiresAt.getTime() - safetyMs(token));
    const isOver = new Date() >= token.expiresAt;
    const isDue = isTokenExpired(token, new Date());
    expect(row.state).toBe(isOver ? "expired" : isDue ? "expiring" : "valid");
  },
);

test("a refusal stands above what token there is, until one is granted again", async () => {
  const id = await withToken(MINUTE, 60 * MINUTE);
  await requested(id, "lti.token_refused");
  expect((await rowOf(id)).state).toBe("refused");
  await requested(id, null);
  expect(await rowOf(id)).toMatchObject({ state: "valid", errorCode: "lti.token_refused" });
});

test("a dropped token is dropped, and where none was there is none", async () => {
  expect((await rowOf(await withToken(MINUTE, 60 * MINUTE, true))).state).toBe("evicted");
  const { registrationId } = await insertCourses(database.db, 1);
  expect((await rowOf(registrationId)).state).toBe("none");
});

test("the filter by state finds what the rows say, and the order by state is worst first", async () => {
  const refused = await withToken(MINUTE, 60 * MINUTE);
  await requested(refused, "lti.token_refused");
  await withToken(MINUTE, 60 * MINUTE, true);
  await withToken(6 * MINUTE, 5 * MINUTE);
  await withToken(4 * MINUTE + 40 * SECOND, 5 * MINUTE);
  await withToken(MINUTE, 60 * MINUTE);
  await insertCourses(database.db, 1);
  const order = { ...TOKEN_ORDERS.state, descending: false };
  const all = await listTokens(database.db, { within: null, order, limit: 200 });
  const states = all.rows.map(({ state }) => state);
  const ranks = ["refused", "evicted", "expired", "expiring", "valid", "none"];
  expect([...new Set(states)]).toEqual(ranks);
  expect(states.map((state) => ranks.indexOf(state))).toEqual(
    states.map((state) => ranks.indexOf(state)).sort((a, b) => a - b),
  );
  for (const state of new Set(states)) {
    const those = await listTokens(database.db, { within: null, state, order, limit: 200 });
    const expected = all.rows.filter((row) => row.state === state);
    expect({ state, total: those.total }).toEqual({ state, total: expected.length });
    expect(those.rows.every((row) => row.state === state)).toBe(true);
  }
});
