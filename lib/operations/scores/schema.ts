import { z } from "zod";
import { Id, PageQuery, pageOf, Problem, TimeRange, Timestamp } from "../fields.ts";
import { LineItemInput } from "../line-items/schema.ts";
import { sortBy } from "../lists/sort.ts";

export const ActivityProgress = z
  .enum(["Initialized", "Started", "InProgress", "Submitted", "Completed"])
  .meta({ id: "ActivityProgress" });

export const GradingProgress = z
  .enum(["FullyGraded", "Pending", "PendingManual", "Failed", "NotReady"])
  .meta({ id: "GradingProgress" });

export const ScoreState = z
  .enum(["pending", "sending", "sent", "skipped", "rejected", "conflict"])
  .meta({
    id: "ScoreState",
    description: "skipped: somebody changed it on the platform, and its value stays",
  });
export type ScoreState = z.infer<typeof ScoreState>;

/** One wanted score (AGS 2.0 §3.4). */
export const ScoreInput = z
  .strictObject({
    userId: z.string().trim().min(1, "user ID is required").max(255),
    scoreGiven: z
      .number()
      .min(0, "a score is not negative (AGS 2.0 §3.4.5)")
      .nullable()
      .optional()
      .meta({ description: "absent or null clears the result on the platform" }),
    scoreMaximum: z
      .number()
      .positive("the maximum score is greater than 0 (AGS 2.0 §3.4.6)")
      .optional()
      .meta({ description: "default: the line item's maximum" }),
    activityProgress: ActivityProgress.default("Completed"),
    gradingProgress: GradingProgress.default("FullyGraded"),
    comment: z.string().max(10_000).optional(),
    scoringUserId: z.string().max(255).optional(),
    submission: z
      .strictObject({ startedAt: Timestamp.optional(), submittedAt: Timestamp.optional() })
      .optional(),
    extensions: z
      .record(z.url(), z.unknown())
      .optional()
      .meta({ description: "extension values by their full URL" }),
  })
  .meta({ id: "ScoreInput" });
export type ScoreInput = z.infer<typeof ScoreInput>;

export const PersonIdType = z.enum(["user_id", "sis_id", "email"]).meta({
  id: "PersonIdType",
  description:
    "what `userId` is: the platform's user ID, the default, or the SIS ID or e-mail of one person in the roster",
});
export type PersonIdType = z.infer<typeof PersonIdType>;

export const Acceptance = z.enum(["all-or-nothing", "what-is-right"]).meta({
  id: "Acceptance",
  description:
    "all-or-nothing, the default: one row that is wrong refuses them all; what-is-right: the others are stored, and `rows` says what became of each that is not, or that the platform will probably refuse",
});
export type Acceptance = z.infer<typeof Acceptance>;

export const ScorePush = z
  .object({
    idType: PersonIdType.optional(),
    acceptance: Acceptance.optional(),
    scores: z.array(ScoreInput).min(1).max(10_000),
    send: z
      .boolean()
      .default(false)
      .meta({ description: "start a grade sync of the course at once" }),
  })
  .meta({ id: "ScorePush" });
export type ScorePush = z.infer<typeof ScorePush>;

const RowCode = z.enum([
  "invalid",
  "listed_twice",
  "person_unknown",
  "person_ambiguous",
  "not_in_roster",
  "teacher",
]);
export type RowCode = z.infer<typeof RowCode>;

export const RowNote = z
  .object({
    index: z.number().int().meta({ description: "its place in `scores`, from 0" }),
    userId: z.string().nullable().meta({ description: "as it was sent, where it can be read" }),
    isStored: z.boolean().meta({ description: "false: refused; true: a warning" }),
    code: RowCode,
    message: z.string(),
    advice: z.string().meta({ description: "what to do about it" }),
  })
  .meta({ id: "RowNote" });
export type RowNote = z.infer<typeof RowNote>;

export const ScorePushResult = z
  .object({
    accepted: z.number().int().meta({ description: "stored as pending" }),
    unchanged: z
      .number()
      .int()
      .meta({ description: "already sent or pending with exactly this value" }),
    refused: z
      .number()
      .int()
      .meta({ description: "not stored, and told in `rows`; 0 unless what is right is wanted" }),
    notInRoster: z.number().int().meta({
      description:
        "of all that are right: people the roster does not list; the platform will probably refuse them",
    }),
    teachers: z.number().int().meta({
      description:
        "of all that are right: instructors and teaching assistants, as roster and launches have them; platforms refuse scores for them",
    }),
    runId: Id.nullable(),
    rows: z
      .array(RowNote)
      .meta({ description: "with `what-is-right`: each row of which there is something to tell" }),
  })
  .meta({ id: "ScorePushResult" });
export type ScorePushResult = z.infer<typeof ScorePushResult>;

const ADDRESS = LineItemInput.shape.url;

export const LineItemReference = z
  .strictObject({
    id: Id.optional(),
    url: ADDRESS.meta({ description: "the platform's address of it" }),
    resourceId: LineItemInput.shape.resourceId.meta({ description: "as the tool named it" }),
    tag: LineItemInput.shape.tag,
    label: LineItemInput.shape.label.optional().meta({
      description:
        "with `scoreMaximum`: one that is not known here is found on the platform or made",
    }),
    scoreMaximum: LineItemInput.shape.scoreMaximum.optional(),
  })
  .refine(({ id, url, resourceId, tag }) => id ?? url ?? (resourceId || tag), {
    message: "must name the line item by `id`, `url`, `resourceId` or `tag`",
  })
  .meta({ id: "LineItemReference" });
export type LineItemReference = z.infer<typeof LineItemReference>;

export const CourseScorePush = ScorePush.extend({ lineItem: LineItemReference }).meta({
  id: "CourseScorePush",
});
export type CourseScorePush = z.infer<typeof CourseScorePush>;

export const CourseScorePushResult = ScorePushResult.extend({
  lineItemId: Id.nullable().meta({
    description: "null where it would have had to be made, and no row was right",
  }),
  wasCreated: z.boolean().meta({ description: "the line item was made for this" }),
}).meta({ id: "CourseScorePushResult" });
export type CourseScorePushResult = z.infer<typeof CourseScorePushResult>;

export const ScoreWithdrawal = z
  .object({
    userIds: z
      .array(z.string().min(1).max(255))
      .min(1)
      .max(10_000)
      .meta({ description: "the platform's user IDs" }),
  })
  .meta({ id: "ScoreWithdrawal" });
export type ScoreWithdrawal = z.infer<typeof ScoreWithdrawal>;

export const ScoresWithdrawn = z
  .object({
    withdrawn: z
      .number()
      .int()
      .meta({ description: "waited, and will not be sent; what was sent before counts again" }),
    notWaiting: z.number().int().meta({
      description:
        "sent, refused, being sent, unknown here, or tried without an answer: the platform may have them",
    }),
  })
  .meta({ id: "ScoresWithdrawn" });
export type ScoresWithdrawn = z.infer<typeof ScoresWithdrawn>;

export const ScoreView = z
  .object({
    id: Id,
    lineItemId: Id,
    lineItemLabel: z.string(),
    userId: z.string(),
    /** The member's name where the roster knows it. */
    name: z.string().nullable(),
    scoreGiven: z.number().nullable(),
    scoreMaximum: z.number().nullable(),
    activityProgress: ActivityProgress,
    gradingProgress: GradingProgress,
    comment: z.string().nullable(),
    timestamp: Timestamp,
    state: ScoreState,
    attempts: z.number().int(),
    httpStatus: z.number().int().nullable(),
    problem: Problem.nullable(),
    runId: Id.nullable(),
    updatedAt: Timestamp,
    sentAt: Timestamp.nullable(),
    platformScore: z.number().nullable().meta({
      description:
        "what the platform was seen to hold instead of our last value, out of our maximum",
    }),
  })
  .meta({ id: "Score" });
export type ScoreView = z.infer<typeof ScoreView>;

export const ConflictResolution = z
  .object({
    scoreIds: z.array(Id).min(1, "choose at least one score").max(10_000),
    resolution: z.enum(["keep", "overwrite"]).meta({
      description:
        "keep: the platform's value stays; overwrite: ours is wanted again, unless the platform's has changed once more by then",
    }),
    send: z
      .boolean()
      .default(false)
      .meta({ description: "with `overwrite`: start a grade sync of the course at once" }),
  })
  .meta({ id: "ConflictResolution" });
export type ConflictResolution = z.infer<typeof ConflictResolution>;

export const ConflictsResolved = z
  .object({
    resolved: z.number().int(),
    skipped: z.number().int().meta({ description: "not in conflict, or not of this course" }),
    runId: Id.nullable(),
  })
  .meta({ id: "ConflictsResolved" });
export type ConflictsResolved = z.infer<typeof ConflictsResolved>;

export const ScoreFilter = PageQuery.extend({
  state: ScoreState.optional(),
  lineItemId: Id.optional(),
  userId: z.string().max(255).optional().meta({ description: "exactly this user ID" }),
  sisId: z.string().max(255).optional().meta({
    description: "exactly this SIS ID in the roster; needs `read:names`",
  }),
  email: z.string().max(320).optional().meta({
    description: "this e-mail in the roster, in any case of letters; needs `read:names`",
  }),
  errorCode: z.string().max(100).optional(),
  ...TimeRange,
  q: z.string().max(200).optional().meta({ description: "user ID or name contains" }),
  sort: sortBy(["name", "lineItem", "score", "updatedAt", "sentAt"], "name"),
});
export type ScoreFilter = z.infer<typeof ScoreFilter>;

export const ScorePage = pageOf(ScoreView);

/** What is done with a CSV of scores beside storing it; text where an address says it. */
export const ScoreCsvOptions = z.object({
  send: z
    .union([z.boolean(), z.stringbool({ truthy: ["true"], falsy: ["false"] })])
    .default(false)
    .meta({
      description: "start a grade sync of the course at once",
      override: { type: "boolean", default: false },
    }),
});
export type ScoreCsvOptions = z.infer<typeof ScoreCsvOptions>;

/** A CSV of scores, read but not stored. */
export const ScoreCsvPreview = z
  .object({
    lines: z.number().int(),
    valid: z.number().int(),
    columns: z.array(z.string()).meta({ description: "recognised columns, as found" }),
    ignoredColumns: z.array(z.string()),
    errors: z
      .array(z.object({ line: z.number().int(), column: z.string(), message: z.string() }))
      .meta({ description: "the first 200" }),
    errorCount: z.number().int(),
    /** The first rows as they would be stored. */
    sample: z.array(
      z.object({
        line: z.number().int(),
        userId: z.string(),
        name: z.string().nullable(),
        scoreGiven: z.number().nullable(),
        scoreMaximum: z.number(),
        comment: z.string().nullable(),
        inRoster: z.boolean(),
      }),
    ),
    /** Users the roster does not list; the platform will probably refuse them. */
    notInRoster: z.number().int(),
    /** Instructors and teaching assistants; the platform will probably refuse them. */
    teachers: z.number().int(),
    aboveMaximum: z.number().int().meta({
      description: "rows with more points than the maximum: extra credit, or a slip",
    }),
  })
  .meta({ id: "ScoreCsvPreview" });
export type ScoreCsvPreview = z.infer<typeof ScoreCsvPreview>;
