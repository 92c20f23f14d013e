import type { Db } from "#lib/db/client.ts";
import { membersKnownAs } from "#lib/db/rosters/known-as.ts";
import type { PersonIdType } from "../schema.ts";
import type { Row, RowFault } from "./rows.ts";

const WORDS = { sis_id: "SIS ID", email: "e-mail" };

/** The rows by the platform's user IDs, where they came by what the roster calls people. */
export async function byUserId(
  tx: Db,
  courseId: string,
  { rows, idType }: { rows: readonly Row[]; idType: PersonIdType },
): Promise<{ known: readonly Row[]; faults: RowFault[] }> {
  if (idType === "user_id") return { known: rows, faults: [] };
  const keyOf = ({ score }: Row) =>
    idType === "email" ? score.userId.toLowerCase() : score.userId;
  const people = new Map<string, string[]>();
  const ids = rows.map(keyOf);
  for (const { knownAs, userId } of await membersKnownAs(tx, courseId, { idType, ids })) {
    people.set(knownAs, [...(people.get(knownAs) ?? []), userId]);
  }
  const known: Row[] = [];
  const faults: RowFault[] = [];
  for (const row of rows) {
    const { index, score } = row;
    const [userId, ...others] = people.get(keyOf(row)) ?? [];
    if (userId !== undefined && others.length === 0) {
      known.push({ index, score: { ...score, userId } });
      continue;
    }
    const code = userId === undefined ? "person_unknown" : "person_ambiguous";
    const who =
      userId === undefined
        ? "nobody in the roster has"
        : `${others.length + 1} people in the roster have`;
    const fields = { userId: [`${who} this ${WORDS[idType]}`] };
    faults.push({ index, userId: score.userId, code, fields });
  }
  return { known, faults };
}
