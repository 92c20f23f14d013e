import { z } from "zod";
import type { Db } from "../client.ts";
import { row } from "../rows/shape.ts";
import { jsonb, text } from "../rows/types.ts";
import { COPIES, OWN_ROWS, type PersonKey } from "./holdings.ts";
import { wordsOf, wordSql, type PersonWords } from "./words.ts";

export type Held = {
  /** Rows about the person, by table, as they are stored. */
  rows: Record<string, unknown[]>;
  /** Where else the person is spoken of. */
  mentions: { table: string; id: string; column: string; value: unknown }[];
};

const heldRow = row({ value: jsonb(z.unknown()) });
const mentionRow = row({ id: text, value: jsonb(z.unknown()).nullable });

/** Everything that is held of a person. */
export async function everythingOf(db: Db, person: PersonKey): Promise<Held> {
  const rows: Held["rows"] = {};
  const key = [person.registrationId, person.userId];
  for (const { table, where, isShared } of OWN_ROWS) {
    if (isShared) continue;
    const found = await db.rows(
      heldRow,
      `SELECT to_jsonb(t) AS value FROM ${table} t WHERE ${where}`,
      key,
    );
    if (found.length === 0) continue;
    rows[table] = distinct([...(rows[table] ?? []), ...found.map(({ value }) => value)]);
  }
  return { rows, mentions: await mentionsOf(db, person, await wordsOf(db, person)) };
}

/** A score that waits is found twice. */
function distinct(values: unknown[]): unknown[] {
  return [...new Map(values.map((value) => [JSON.stringify(value), value])).values()];
}

async function mentionsOf(
  db: Db,
  { registrationId }: PersonKey,
  words: PersonWords,
): Promise<Held["mentions"]> {
  const sql = wordSql(words, "", 2);
  const mentions: Held["mentions"] = [];
  const look = async (
    table: string,
    key: string,
    column: string,
    kind: "text" | "json",
    within = "true",
  ) => {
    const found = await db.rows(
      mentionRow,
      `SELECT ${key} AS id, to_jsonb(${column}) AS value FROM ${table}
        WHERE $1::text IS NOT NULL AND ${sql.declares} AND (${within}) AND ${sql.finds(column, kind)}`,
      [registrationId, ...sql.parameters],
    );
    mentions.push(...found.map(({ id, value }) => ({ table, id, column, value })));
  };
  for (const { table, key, text: texts = [], json = [], within } of COPIES) {
    for (const column of texts) await look(table, key, `"${column}"`, "text", within);
    for (const column of json) await look(table, key, `"${column}"`, "json", within);
  }
  await look("audit_entry", "id::text", "actor", "text");
  await look("audit_entry", "id::text", "object_id", "text");
  await look("audit_entry", "id::text", "detail", "json");
  return mentions;
}
