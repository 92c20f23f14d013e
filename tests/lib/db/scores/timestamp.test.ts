import { afterAll, beforeAll, expect, test } from "vitest";
import { laterTimestampSql } from "#lib/db/scores/timestamp.ts";
import { laterTimestamp } from "#lib/lti/index.ts";
import { row } from "#lib/db/rows/shape.ts";
import { timestamptz } from "#lib/db/rows/types.ts";
import { createTestDatabase, type TestDatabase } from "#tests/support/database.ts";

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const NOW = new Date("2026-03-29T01:30:00.250Z");

test.each([
  ["long before", "2026-01-01T00:00:00.000Z"],
  ["in the same second", "2026-03-29T01:30:00.100Z"],
  ["in the same moment", "2026-03-29T01:30:00.250Z"],
  ["later than now", "2026-03-29T01:30:07.999Z"],
])("a score stamped %s gets the timestamp that AGS 2.0 §3.4.9 asks for", async (_when, last) => {
  for (const stepMs of [1, 10, 1_000, 60_000]) {
    const later = laterTimestampSql({
      last: "$1::timestamptz",
      stepMs: "$2",
      now: "$3::timestamptz",
    });
    const [stamp] = await database.db.rows(row({ at: timestamptz }), `SELECT ${later} AS at`, [
      new Date(last),
      stepMs,
      NOW,
    ]);
    expect(stamp!.at).toEqual(laterTimestamp(new Date(last), NOW, stepMs));
  }
});
