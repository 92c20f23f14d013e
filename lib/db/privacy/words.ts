import type { Db } from "../client.ts";
import { PERSONAL_COLUMNS } from "../rosters/columns.ts";
import { row } from "../rows/shape.ts";
import { text } from "../rows/types.ts";
import type { PersonKey } from "./holdings.ts";

/** What tells a person in a text, the longest first. */
export type PersonWords = {
  /** Long enough to be looked for anywhere in a text. */
  long: string[];
  /** Such as the user ID 5: only as a whole value. */
  short: string[];
};

/** Shorter ones stand in words and numbers that mean somebody or something else. */
const LONG_ENOUGH = 6;

const ALONE = PERSONAL_COLUMNS.filter(({ identifies }) => identifies === "alone");

const wordRow = row({ word: text.nullable });

/** The person's user ID, and every name, address and picture that is or was known of them. */
export async function wordsOf(db: Db, { registrationId, userId }: PersonKey): Promise<PersonWords> {
  const found = await db.rows(
    wordRow,
    `WITH m AS (SELECT m.* FROM membership m JOIN course c ON c.id = m.course_id
                 WHERE c.registration_id = $1::uuid AND m.user_id = $2)
     SELECT held.value AS word FROM m, jsonb_each_text(to_jsonb(m)) held WHERE held.key = ANY ($3::text[])
     UNION
     SELECT given_name || ' ' || family_name FROM m
     UNION
     SELECT held.value FROM person p, jsonb_each_text(to_jsonb(p)) held
      WHERE p.registration_id = $1::uuid AND p.user_id = $2 AND held.key = ANY ($3::text[])
     UNION
     SELECT value.side #>> '{}'
       FROM roster_change rc JOIN course c ON c.id = rc.course_id,
            jsonb_each(rc.fields) field, jsonb_path_query(field.value, '$.*') value(side)
      WHERE c.registration_id = $1::uuid AND rc.user_id = $2
        AND field.key = ANY ($4::text[])
        AND jsonb_typeof(field.value) = 'object' AND jsonb_typeof(value.side) = 'string'`,
    [registrationId, userId, ALONE.map(({ column }) => column), ALONE.map(({ field }) => field)],
  );
  const words = new Set([userId, ...found.map(({ word }) => word?.trim() ?? "")]);
  words.delete("");
  const sorted = [...words].sort((one, other) => other.length - one.length);
  return {
    long: sorted.filter((word) => word.length >= LONG_ENOUGH),
    short: sorted.filter((word) => word.length < LONG_ENOUGH),
  };
}

/** A word as it stands in JSON, without the quotation marks. */
const inJson = (word: string) => JSON.stringify(word).slice(1, -1);

/** SQL that finds and replaces words in columns; its parameters begin behind `firstParameter`. */
export type WordSql = {
  finds(column: string, kind: "text" | "json"): string;
  replaces(column: string, kind: "text" | "json"): string;
  parameters: string[];
  /** A condition that is always true and names every parameter, so that PostgreSQL knows its type. */
  declares: string;
};

/** Which words, and what they become. */
export function wordSql(words: PersonWords, pseudonym: string, firstParameter: number): WordSql {
  const parameters: string[] = [];
  const parameter = (value: string) => {
    const known = parameters.indexOf(value);
    return `$${(known >= 0 ? known + 1 : parameters.push(value)) + firstParameter - 1}::text`;
  };
  const instead = parameter(pseudonym);
  const quoted = parameter(`"${pseudonym}"`);
  const pairs = {
    text: words.long.map((word) => [parameter(word), instead] as const),
    json: [
      ...words.long.map((word) => [parameter(inJson(word)), instead] as const),
      ...words.short.map((word) => [parameter(JSON.stringify(word)), quoted] as const),
    ],
  };
  const whole = words.short.map(parameter).join(", ");
  const declares = parameters.map((_, index) => `$${firstParameter + index}::text IS NOT NULL`);
  return {
    parameters,
    declares: declares.join(" AND "),
    finds(column, kind) {
      const parts = pairs[kind].map(([word]) => `strpos(${column}::text, ${word}) > 0`);
      if (kind === "text" && whole !== "") parts.push(`${column} IN (${whole})`);
      return parts.length === 0 ? "false" : `(${parts.join(" OR ")})`;
    },
    replaces(column, kind) {
      const replaced = pairs[kind].reduce(
        (sql, [word, to]) => `replace(${sql}, ${word}, ${to})`,
        `${column}::text`,
      );
      if (kind === "json") return `(${replaced})::jsonb`;
      return whole === ""
        ? replaced
        : `CASE WHEN ${column} IN (${whole}) THEN ${instead} ELSE ${replaced} END`;
    },
  };
}
