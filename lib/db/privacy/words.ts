import type { Db } from "../client.ts";
import { PERSONAL_COLUMNS } from "../rosters/columns.ts";
import { row } from "../rows/shape.ts";
import { text } from "../rows/types.ts";
import type { PersonKey } from "./holdings.ts";

/** What tells a person in a text, the longest first. */
export type PersonWords = {
  /** Long enough to be looked for as words of a text. */
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

const escaped = (word: string) => word.replaceAll(/[^\p{L}\p{N}\s]/gu, String.raw`\$&`);

/** Not next to what would make it another word or ID. */
const apart = (words: readonly string[]) =>
  `(?<![[:alnum:]_-])(?:${words.map(escaped).join("|")})(?![[:alnum:]_-])`;

/** SQL that finds and replaces words in columns; its parameters begin behind `firstParameter`. */
export type WordSql = {
  finds(column: string, kind: "text" | "json"): string;
  replaces(column: string, kind: "text" | "json"): string;
  parameters: string[];
  /** A condition that is always true and names every parameter, so that PostgreSQL knows its type. */
  declares: string;
};

/** Which words, and what they become. */
export function wordSql(
  { long, short }: PersonWords,
  pseudonym: string,
  firstParameter: number,
): WordSql {
  const parameters: string[] = [];
  const parameter = (value: string) => {
    const known = parameters.indexOf(value);
    return `$${(known >= 0 ? known + 1 : parameters.push(value)) + firstParameter - 1}::text`;
  };
  const pattern = long.length > 0 ? parameter(apart(long)) : "NULL";
  const whole = `ARRAY[${short.map(parameter).join(", ")}]::text[]`;
  const instead = parameter(pseudonym);
  // Looked for first, as it takes a fraction of the time.
  const parts = {
    text: [...long, ...short].map(parameter),
    json: [...long.map(inJson), ...short.map((word) => JSON.stringify(word))].map(parameter),
  };
  const replaces: WordSql["replaces"] = (column, kind) =>
    `erase_${kind}(${column}, ${pattern}, ${whole}, ${instead})`;
  const declares = parameters.map((_, index) => `$${firstParameter + index}::text IS NOT NULL`);
  return {
    parameters,
    declares: declares.join(" AND "),
    replaces,
    finds(column, kind) {
      const isPart = parts[kind].map((part) => `strpos(${column}::text, ${part}) > 0`);
      return `((${isPart.join(" OR ")}) AND ${replaces(column, kind)} <> ${column})`;
    },
  };
}
