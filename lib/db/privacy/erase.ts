import { z } from "zod";
import type { Db } from "../client.ts";
import { row } from "../rows/shape.ts";
import { bytea, int8, jsonb, text } from "../rows/types.ts";
import { COPIES, OWN_ROWS, type PersonKey } from "./holdings.ts";
import { wordsOf, wordSql, type WordSql } from "./words.ts";

/** Rows that were changed or deleted, by table. */
export type Touched = Record<string, number>;

export type Erasure = {
  touched: Touched;
  /** What each entry of the audit reads as since, by its digest in hex. */
  auditEntries: Record<string, string>;
};

/**
 * Takes a person out of every table; within one transaction. What is kept stands under the
 * pseudonym, without anything that tells who it was.
 */
export async function eraseEverywhere(
  tx: Db,
  person: PersonKey,
  pseudonym: string,
): Promise<Erasure> {
  const { registrationId, userId } = person;
  const words = await wordsOf(tx, person);
  const touched: Touched = {};
  const count = (table: string, rows: number) => {
    if (rows > 0) touched[table] = (touched[table] ?? 0) + rows;
  };
  for (const { table, erase } of OWN_ROWS) {
    const values = erase.includes("$3")
      ? [registrationId, userId, pseudonym]
      : [registrationId, userId];
    count(table, await tx.execute(erase, values));
  }
  count("run_course", await dropQuarantined(tx, registrationId, wordSql(words, pseudonym, 2)));
  for (const { table, text: texts = [], json = [], within } of COPIES) {
    const sql = wordSql(words, pseudonym, within ? 2 : 1);
    const columns = [
      ...texts.map((name) => [`"${name}"`, "text"] as const),
      ...json.map((name) => [`"${name}"`, "json"] as const),
    ];
    const sets = columns.map(([name, kind]) => `${name} = ${sql.replaces(name, kind)}`);
    const finds = columns.map(([name, kind]) => sql.finds(name, kind)).join(" OR ");
    const values = within ? [registrationId, ...sql.parameters] : sql.parameters;
    const statement = `UPDATE ${table} SET ${sets.join(", ")}
      WHERE (${within ?? "true"}) AND ${sql.declares} AND (${finds})`;
    count(table, await tx.execute(statement, values));
  }
  const auditEntries = await eraseFromAudit(tx, wordSql(words, pseudonym, 1));
  count("audit_entry", Object.keys(auditEntries).length);
  return { touched, auditEntries };
}

/** A member that could not be read is there as the platform sent it: with given names and all. */
function dropQuarantined(tx: Db, registrationId: string, sql: WordSql): Promise<number> {
  const statement = `UPDATE run_course SET quarantined =
      (SELECT coalesce(jsonb_agg(each.value ORDER BY each.ordinality), '[]')
         FROM jsonb_array_elements(quarantined) WITH ORDINALITY each
        WHERE NOT ${sql.finds("each.value", "json")})
    WHERE course_id IN (SELECT id FROM course WHERE registration_id = $1::uuid)
      AND ${sql.declares} AND jsonb_typeof(quarantined) = 'array'
      AND ${sql.finds("quarantined", "json")}`;
  return tx.execute(statement, [registrationId, ...sql.parameters]);
}

const entryRow = row({
  id: int8,
  actor: text,
  objectId: text.nullable,
  detail: jsonb(z.unknown()).nullable,
});
const digestRow = row({ digest: bytea });

async function eraseFromAudit(tx: Db, sql: WordSql): Promise<Record<string, string>> {
  const entries = await tx.rows(
    entryRow,
    `SELECT id, ${sql.replaces("actor", "text")} AS actor,
            ${sql.replaces("object_id", "text")} AS "objectId",
            ${sql.replaces("detail", "json")} AS detail
       FROM audit_entry
      WHERE ${sql.declares} AND (${sql.finds("actor", "text")}
         OR ${sql.finds("object_id", "text")} OR ${sql.finds("detail", "json")})
      ORDER BY id`,
    sql.parameters,
  );
  const digests: Record<string, string> = {};
  for (const { id, actor, objectId, detail } of entries) {
    const [erased] = await tx.rows(
      digestRow,
      "SELECT audit_erase($1::bigint, $2, $3, $4::jsonb) AS digest",
      [id, actor, objectId, detail === null ? null : JSON.stringify(detail)],
    );
    digests[String(id)] = erased!.digest.toString("hex");
  }
  return digests;
}
