import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { createDb, transaction, type Db } from "#lib/db/client.ts";
import { RowMismatch } from "#lib/db/rows/check.ts";
import * as enums from "#lib/db/rows/enums.ts";
import { rowsOfConnection } from "#lib/db/rows/query.ts";
import { anyRow, row, type RowOf, type Shape } from "#lib/db/rows/shape.ts";
import {
  array,
  bool,
  bytea,
  enumeration,
  float8,
  int4,
  int8,
  json,
  jsonb,
  nothing,
  oneOf,
  text,
  timestamptz,
  uuid,
  varchar,
} from "#lib/db/rows/types.ts";
import { createTestDatabase, type TestDatabase } from "#tests/support/database.ts";

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const at = z.strictObject({ at: z.string() });

describe("the rows of a statement", () => {
  test("come with the values that their shape names, whatever their type", async () => {
    const everyType = row({
      bool,
      bytea,
      int8,
      int4,
      float8,
      text,
      varchar,
      uuid,
      timestamptz,
      word: oneOf(["open", "closed"]),
      list: array(text),
      ids: array(uuid),
      counts: array(int4),
      kind: enums.runKind,
      json: json(at),
      jsonb: jsonb(at),
      none: text.nullable,
    });
    const rows = await database.db.rows(
      everyType,
      `SELECT true AS bool, '\\x01'::bytea AS bytea, 9007199254740993 AS int8, 7 AS int4,
              0.5::float8 AS float8, 'a' AS text, 'b'::varchar AS varchar,
              $1::uuid AS uuid, $2::timestamptz AS timestamptz, 'open' AS word,
              ARRAY['a', 'b'] AS list, ARRAY[$1::uuid] AS ids, ARRAY[1, 2] AS counts,
              'verify'::run_kind AS kind, '{"at": "now"}'::json AS json,
              '{"at": "now"}'::jsonb AS jsonb, NULL AS none`,
      [ID, NOW],
    );
    const expected: RowOf<typeof everyType> = {
      bool: true,
      bytea: Buffer.from([1]),
      int8: 9_007_199_254_740_993n,
      int4: 7,
      float8: 0.5,
      text: "a",
      varchar: "b",
      uuid: ID,
      timestamptz: NOW,
      word: "open",
      list: ["a", "b"],
      ids: [ID],
      counts: [1, 2],
      kind: "verify",
      json: { at: "now" },
      jsonb: { at: "now" },
      none: null,
    };
    expect(rows).toEqual([expected]);
  });

  test.each<[string, Shape, string, string]>([
    [
      "of another type",
      row({ n: text }),
      "SELECT 1 AS n",
      'column "n" is declared as text, and is integer',
    ],
    [
      "of a wider type",
      row({ n: int4 }),
      "SELECT count(*) AS n FROM run",
      'column "n" is declared as integer, and is bigint',
    ],
    [
      "no array",
      row({ n: array(text) }),
      "SELECT 'a' AS n",
      'column "n" is declared as text[], and is text',
    ],
    [
      "text instead of an enumeration",
      row({ kind: enums.runKind }),
      "SELECT 'verify' AS kind",
      'column "kind" is declared as run_kind, and is text',
    ],
    [
      "another enumeration",
      row({ kind: enums.runKind }),
      "SELECT 'held'::run_state AS kind",
      'column "kind" is declared as run_kind, and is run_state',
    ],
    ["left out", row({ n: int4, m: int4 }), "SELECT 1 AS n", 'column "m" is declared and missing'],
    [
      "not declared",
      row({ n: int4 }),
      "SELECT 1 AS n, now() AS at",
      'column "at" is not declared, and is timestamp with time zone',
    ],
    ["there twice", row({ n: int4 }), "SELECT 1 AS n, 2 AS n", 'column "n" comes twice'],
    [
      "null",
      row({ n: int4 }),
      "SELECT n FROM (VALUES (1), (NULL)) AS listed (n)",
      'column "n" is declared as never null, and is',
    ],
    [
      "null in an array",
      row({ n: array(int4) }),
      "SELECT ARRAY[1, NULL] AS n",
      'column "n" has an element that is null',
    ],
    [
      "another word",
      row({ state: oneOf(["open", "closed"]) }),
      "SELECT 'ajar' AS state",
      'column "state" is none of open, closed',
    ],
    [
      "JSON of another shape",
      row({ n: jsonb(at) }),
      `SELECT '{"at": 1}'::jsonb AS n`,
      'column "n" [\n',
    ],
    [
      "of another type where no row came",
      row({ n: text }),
      "SELECT 1 AS n WHERE false",
      'column "n" is declared as text, and is integer',
    ],
  ])("are refused with a column that is %s", async (_what, shape, statement, problem) => {
    const refused = database.db.rows(shape, statement).catch((error: unknown) => error);
    expect(await refused).toBeInstanceOf(RowMismatch);
    expect(((await refused) as RowMismatch).message).toContain(problem);
    expect(((await refused) as RowMismatch).message).toContain(statement);
  });

  test("are compared in a transaction, and for a prepared statement each time", async () => {
    const statement = { name: "rows_test", text: "SELECT $1::int AS n" };
    const ask = (db: Db) => db.rows(row({ n: int4 }), statement, [null]);
    await expect(transaction(database.db, ask)).rejects.toThrow("is declared as never null");
    await transaction(database.db, async (tx) => {
      expect(await tx.rows(row({ n: int4 }), statement, [1])).toEqual([{ n: 1 }]);
      await expect(tx.rows(row({ n: int4 }), statement, [null])).rejects.toThrow(RowMismatch);
      await expect(tx.rows(row({ n: text }), statement, [1])).rejects.toThrow(RowMismatch);
    });
  });

  test("are compared over a connection of one's own", async () => {
    const connection = await database.db.pool.connect();
    try {
      const ask = (shape: Shape) => rowsOfConnection(connection, shape, "SELECT 1 AS n");
      expect(await ask(row({ n: int4 }))).toEqual([{ n: 1 }]);
      await expect(ask(row({ n: text }))).rejects.toThrow(RowMismatch);
    } finally {
      connection.release();
    }
  });

  test("of a type that was made a moment ago are known", async () => {
    await database.db.execute("CREATE TYPE mood AS ENUM ('calm', 'busy')");
    const moodRow = row({ mood: enumeration("mood", { calm: "calm", busy: "busy" }) });
    expect(await database.db.rows(moodRow, "SELECT 'busy'::mood AS mood")).toEqual([
      { mood: "busy" },
    ]);
    const other = row({ mood: enumeration("mood", { calm: "calm" }) });
    await expect(database.db.rows(other, "SELECT 'calm'::mood AS mood")).rejects.toThrow(
      "mood is declared with calm, and has calm,busy",
    );
  });

  test("are not compared where nobody asked for it, nor where a library reads them", async () => {
    const db = createDb({ url: database.url, maxConnections: 1 });
    try {
      expect(await db.rows(row({ n: text }), "SELECT 1 AS m")).toEqual([{ m: 1 }]);
    } finally {
      await db.close();
    }
    expect(await database.db.rows(anyRow, "SELECT 1 AS n")).toEqual([{ n: 1 }]);
  });
});

test.each(Object.entries(enums))("the labels of %s are the database's", async (_name, column) => {
  const statement = `SELECT NULL::${column.type} AS value`;
  expect(await database.db.rows(row({ value: column.nullable }), statement)).toEqual([
    { value: null },
  ]);
});

test("what is executed answers how many rows it returned or wrote", async () => {
  await database.db.execute("CREATE TABLE kept (n int)");
  expect(await database.db.execute("INSERT INTO kept SELECT generate_series(1, 3)")).toBe(3);
  expect(await database.db.execute("SELECT FROM kept WHERE n > $1", [1])).toBe(2);
  expect(await database.db.rows(row({ pg_notify: nothing }), "SELECT pg_notify('a', 'b')")).toEqual(
    [{ pg_notify: "" }],
  );
});

const ID = "0193a5e0-7d2c-7c3a-9b1e-2f6d8c4b5a10";
const NOW = new Date("2026-11-30T01:02:03.004Z");
