import { eventsIn, type FeedEntry } from "#lib/db/feed/entries.ts";
import { feedMembers, feedOutcomes, type FeedScore, feedScores } from "#lib/db/feed/subjects.ts";
import { FEED_TYPES } from "#lib/db/feed/types.ts";
import type { Db } from "#lib/db/client.ts";
import { memberView } from "../rosters/members.ts";
import type { FeedEvent } from "./schema.ts";

/** One event of an entry, before what it tells of is looked up. */
type Told = { sequence: bigint; entry: FeedEntry; subject: string | undefined };

/**
 * The events of entries after a number, `limit` at most, with what is held of their members and
 * scores. `names`: whether the reader sees people's names.
 */
export async function eventsOf(
  db: Db,
  entries: readonly FeedEntry[],
  { after, limit, names }: { after: bigint; limit: number; names: boolean },
): Promise<FeedEvent[]> {
  const told = entries
    .flatMap((entry) => {
      const count = eventsIn(entry);
      const first = entry.number - BigInt(count) + 1n;
      return Array.from({ length: count }, (_, index): Told => {
        return { sequence: first + BigInt(index), entry, subject: entry.subjects[index] };
      });
    })
    .filter(({ sequence }) => sequence > after)
    .slice(0, limit);
  const [members, scores] = await Promise.all([membersOf(db, told), scoresOf(db, told)]);
  return told.map(({ sequence, entry, subject }) => {
    const { type, at, registrationId, courseId, data } = entry;
    const member = members.get(`${courseId} ${subject}`);
    const score = scores.get(`${FEED_TYPES[type]} ${subject}`);
    return {
      id: `change_${sequence}`,
      sequence: Number(sequence),
      type,
      at: at.toISOString(),
      registrationId,
      courseId,
      member: member ? memberView(member, names) : null,
      score: score ? scoreView(score) : null,
      data,
    };
  });
}

async function membersOf(db: Db, told: readonly Told[]) {
  const asked = told.flatMap(({ entry, subject }) =>
    FEED_TYPES[entry.type] === "members" && entry.courseId && subject !== undefined
      ? [{ courseId: entry.courseId, userId: subject }]
      : [],
  );
  const found = asked.length > 0 ? await feedMembers(db, asked) : [];
  return new Map(found.map((member) => [`${member.courseId} ${member.userId}`, member]));
}

async function scoresOf(db: Db, told: readonly Told[]): Promise<Map<string, FeedScore>> {
  const idsOf = (subjects: "outcomes" | "scores") =>
    told.flatMap(({ entry, subject }) =>
      FEED_TYPES[entry.type] === subjects && subject !== undefined ? [subject] : [],
    );
  const [outcomes, scores] = [idsOf("outcomes"), idsOf("scores")];
  const found = await Promise.all([
    outcomes.length > 0 ? feedOutcomes(db, outcomes) : [],
    scores.length > 0 ? feedScores(db, scores) : [],
  ]);
  const named = (kind: string, rows: FeedScore[]) =>
    rows.map((score) => [`${kind} ${score.subject}`, score] as const);
  return new Map([...named("outcomes", found[0]), ...named("scores", found[1])]);
}

function scoreView({ subject: _, errorCode, errorMessage, timestamp, ...facts }: FeedScore) {
  return {
    ...facts,
    timestamp: timestamp.toISOString(),
    problem: errorCode === null ? null : { code: errorCode, message: errorMessage ?? "" },
  };
}
