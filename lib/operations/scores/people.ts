import type { Db } from "#lib/db/client.ts";
import { membersKnownAs } from "#lib/db/rosters/known-as.ts";
import { type FieldErrors, InvalidInput } from "../errors.ts";
import type { PersonIdType, ScoreInput } from "./schema.ts";

const WORDS = { sis_id: "SIS ID", email: "e-mail" };

/**
 * The scores by the platform's user IDs, where they came by what the roster calls people.
 *
 * @throws InvalidInput  an ID belongs to nobody or to several people, or two to one person; each
 *                       row is named
 */
export async function byUserId(
  tx: Db,
  courseId: string,
  { scores, idType }: { scores: readonly ScoreInput[]; idType: PersonIdType },
): Promise<readonly ScoreInput[]> {
  if (idType === "user_id") return scores;
  const keyOf = (id: string) => (idType === "email" ? id.toLowerCase() : id);
  const ids = scores.map(({ userId }) => keyOf(userId));
  const known = new Map<string, string[]>();
  for (const { knownAs, userId } of await membersKnownAs(tx, courseId, { idType, ids })) {
    known.set(knownAs, [...(known.get(knownAs) ?? []), userId]);
  }
  const fields: FieldErrors = {};
  const found = scores.map((score, index) => {
    const people = known.get(ids[index] ?? "") ?? [];
    const [userId = ""] = people;
    if (people.length !== 1) fields[`scores.${index}.userId`] = [refusal(people.length, idType)];
    return { ...score, userId };
  });
  if (Object.keys(fields).length > 0) throw new InvalidInput(fields);
  refuseDoubles(found);
  return found;
}

function refusal(count: number, idType: keyof typeof WORDS): string {
  const who = count === 0 ? "nobody in the roster has" : `${count} people in the roster have`;
  return `${who} this ${WORDS[idType]}`;
}

/** @throws InvalidInput  a person is listed twice */
export function refuseDoubles(scores: readonly ScoreInput[]): void {
  const firstAt = new Map<string, number>();
  const fields: FieldErrors = {};
  scores.forEach(({ userId }, index) => {
    const first = firstAt.get(userId);
    if (first === undefined) firstAt.set(userId, index);
    else fields[`scores.${index}.userId`] = [`is listed already, as scores.${first}`];
  });
  if (Object.keys(fields).length > 0) throw new InvalidInput(fields);
}
