import { z } from "zod";
import { FEED_TYPE_NAMES } from "#lib/db/feed/types.ts";
import { MemberView } from "../courses/schema.ts";
import { Id, Problem, Timestamp } from "../fields.ts";

const FeedType = z.enum(FEED_TYPE_NAMES).meta({
  id: "ChangeType",
  description:
    "member.restored: had been removed, and is back; score.conflict: the platform holds a value that is not ours, and somebody has to decide; person.erased: take the person out of your copy, too",
});

const LONGEST_WAIT_SECONDS = 30;

const Position = z
  .string()
  .regex(/^(now|\d{1,18})$/, "is not a cursor of the feed")
  .optional()
  .meta({
    description:
      "`nextCursor` of the answer before this one; `now` for a cursor at the present, with no changes; left out: the first change that there was",
  });

export const FeedQuery = z.object({
  after: Position,
  types: z
    .preprocess(
      (value) => (typeof value === "string" ? value.split(",").filter(Boolean) : value),
      z.array(FeedType).min(1),
    )
    .optional()
    .meta({
      description: "only these, separated by commas",
      param: { explode: false },
      override: { type: "array" },
    }),
  registrationId: Id.optional(),
  courseId: Id.optional(),
  limit: z.coerce.number().int().min(1).max(1_000).default(200),
  wait: z.coerce
    .number()
    .int()
    .min(0)
    .max(LONGEST_WAIT_SECONDS)
    .default(0)
    .meta({ description: "seconds to wait for a change where there is none" }),
});
export type FeedQuery = z.infer<typeof FeedQuery>;

/** What a platform answered for a score, or holds instead of it. */
const ScoreChange = z
  .object({
    scoreId: Id,
    runId: Id.nullable(),
    lineItemId: Id,
    lineItemUrl: z.string(),
    resourceId: z.string().nullable(),
    tag: z.string().nullable(),
    userId: z.string(),
    scoreGiven: z.number().nullable(),
    scoreMaximum: z.number().nullable(),
    platformScore: z.number().nullable().meta({ description: "of a conflict: what it holds" }),
    timestamp: Timestamp,
    httpStatus: z.number().int().nullable(),
    problem: Problem.nullable(),
  })
  .meta({ id: "ScoreChange" });

/** One change, in the envelope that feed and webhooks share. */
export const FeedEvent = z
  .object({
    id: z.string().meta({ description: "names the change; the same when it is delivered again" }),
    sequence: z.number().int().meta({ description: "grows with each change; there may be gaps" }),
    type: FeedType,
    at: Timestamp,
    registrationId: Id.nullable().meta({
      description: "null: it concerns the installation, such as an alert of a webhook",
    }),
    courseId: Id.nullable(),
    member: MemberView.nullable().meta({
      description:
        "of the member types: as the member is held now, which may be later than the change; null once all of the member was erased",
    }),
    score: ScoreChange.nullable().meta({ description: "of the score types" }),
    data: z.record(z.string(), z.unknown()).meta({
      description:
        "of all others: the run's ID, kind, state and counts; the hold's ID, state, rule and removals; what changed in a course, and by what; of person.erased, `userIdSha256`: the SHA-256 of `salt` followed by the user ID, both hashes in hex, and the `pseudonym` under which scores are kept",
    }),
  })
  .meta({ id: "Change" });
export type FeedEvent = z.infer<typeof FeedEvent>;

export const FeedPage = z
  .object({
    items: z.array(FeedEvent),
    nextCursor: z.string().meta({ description: "for `after` of the next request; never null" }),
    hasMore: z.boolean().meta({ description: "there is more already: ask again without waiting" }),
  })
  .meta({ id: "ChangePage" });
export type FeedPage = z.infer<typeof FeedPage>;
