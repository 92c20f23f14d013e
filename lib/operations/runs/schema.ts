import { z } from "zod";
import { RunKind as StoredKind } from "#lib/db/generated/enums.ts";
import { RUN_PHASES } from "#lib/db/runs/phases.ts";
import { countsBy, Id, Ids, pageOf, PageQuery, Problem, TimeRange, Timestamp } from "../fields.ts";
import { sortBy } from "../lists/sort.ts";
import { RunColumnView, RunPhaseView, RunWaitView } from "./history-schema.ts";

export const RunKind = z.enum(StoredKind).meta({ id: "RunKind" });
export type RunKind = z.infer<typeof RunKind>;

export const RunState = z
  .enum([
    "queued",
    "running",
    "paused",
    "held",
    "succeeded",
    "partly_succeeded",
    "failed",
    "cancelled",
  ])
  .meta({ id: "RunState" });
export type RunState = z.infer<typeof RunState>;

const RunTrigger = z.enum(["operator", "api", "schedule"]).meta({ id: "RunTrigger" });

const seconds = z.coerce.number().min(0).max(10_000_000);

export const TokenCase = z.enum(["single_call", "long_job", "many_courses", "shared_cache"]).meta({
  id: "TokenCase",
  description:
    "single_call: one call, one token; long_job: refreshed between batches; many_courses: endpoints swapped under one token; shared_cache: another job's token reused",
});
export type TokenCase = z.infer<typeof TokenCase>;

const TokenFacts = z
  .object({
    case: TokenCase.nullable().meta({ description: "null until the run has used a token" }),
    requested: z.number().int().meta({ description: "token requests this run caused" }),
    reused: z.number().int().meta({ description: "times it took a cached token" }),
    refreshed: z.number().int().meta({ description: "tokens replaced while it ran" }),
    endpointSwaps: z.number().int(),
  })
  .meta({ id: "TokenFacts" });

export const RunView = z
  .object({
    id: Id,
    kind: RunKind,
    state: RunState,
    registrationId: Id,
    registrationName: z.string(),
    platform: z.string().meta({ description: "the registration’s platform profile" }),
    courseId: Id.nullable(),
    courseTitle: z.string().nullable(),
    trigger: RunTrigger,
    startedBy: z.string(),
    retryOfId: Id.nullable(),
    isPreview: z.boolean().meta({ description: "only says what it would change" }),
    appliesId: Id.nullable().meta({ description: "the preview whose changes it applies" }),
    notBefore: Timestamp.nullable(),
    waitReason: z.string().nullable(),
    attempt: z.number().int(),
    cancelRequested: z.boolean(),
    phase: z
      .enum([...RUN_PHASES, "done"])
      .nullable()
      .meta({
        description: "what it is at; null until it has begun",
      }),
    /** Courses of a roster sync over many, scores of a grade sync, members of one roster; null while unknown. */
    total: z.number().int().nullable(),
    done: z.number().int(),
    failed: z.number().int(),
    skipped: z.number().int().meta({
      description:
        "scores left alone, because somebody changed them on the platform and the course says so",
    }),
    /** What `total`, `done` and `failed` count. */
    unit: z.enum(["courses", "scores"]),
    members: z.object({
      seen: z.number().int(),
      added: z.number().int(),
      changed: z.number().int(),
      removed: z.number().int(),
    }),
    /** Units per second over the run so far; null before there is something to tell. */
    ratePerSecond: z.number().nullable(),
    /** Estimated seconds left; null while too little is known. */
    secondsLeft: z.number().nullable(),
    token: TokenFacts,
    problem: Problem.nullable(),
    createdAt: Timestamp,
    startedAt: Timestamp.nullable(),
    finishedAt: Timestamp.nullable(),
  })
  .meta({ id: "Run" });
export type RunView = z.infer<typeof RunView>;

export const PartState = z.enum(["pending", "running", "succeeded", "failed", "skipped", "held"]);
export type PartState = z.infer<typeof PartState>;

export const RunCourseView = z
  .object({
    courseId: Id,
    title: z.string(),
    state: PartState,
    pages: z.number().int(),
    members: z.object({
      seen: z.number().int(),
      added: z.number().int(),
      changed: z.number().int(),
      removed: z.number().int(),
    }),
    quarantined: z
      .array(
        z.object({ page: z.number().int(), userId: z.string().nullable(), reason: z.string() }),
      )
      .meta({
        description: "members that could not be read; no further ones are added from 500 on",
      }),
    problem: Problem.nullable(),
    startedAt: Timestamp.nullable(),
    finishedAt: Timestamp.nullable(),
  })
  .meta({ id: "RunCourse" });
export type RunCourseView = z.infer<typeof RunCourseView>;

export const RunBatchView = z
  .object({
    position: z.number().int(),
    state: PartState,
    size: z.number().int(),
    sent: z.number().int(),
    rejected: z.number().int(),
    skipped: z.number().int().meta({ description: "left alone: neither sent nor rejected" }),
    unknown: z.number().int(),
    startedAt: Timestamp,
    finishedAt: Timestamp.nullable(),
  })
  .meta({ id: "RunBatch" });
export type RunBatchView = z.infer<typeof RunBatchView>;

export const RunEventView = z
  .object({
    id: z.string().meta({ description: "rises with time" }),
    at: Timestamp,
    level: z.enum(["info", "warning", "error"]),
    kind: z.string().meta({ example: "token.refreshed" }),
    message: z.string(),
    detail: z.record(z.string(), z.unknown()).nullable(),
  })
  .meta({ id: "RunEvent" });
export type RunEventView = z.infer<typeof RunEventView>;

export const RunTokenView = z
  .object({
    id: Id,
    fingerprint: z.string().meta({ description: "tells tokens apart without showing them" }),
    obtainedAt: Timestamp,
    expiresAt: Timestamp,
    evictedAt: Timestamp.nullable().meta({ description: "dropped before its end" }),
    firstUsedAt: Timestamp.meta({ description: "by this run" }),
    cameAs: z.enum(["requested", "cached", "renewed"]).meta({
      description: "renewed: in place of the one before, requested or from the cache",
    }),
  })
  .meta({ id: "RunToken" });
export type RunTokenView = z.infer<typeof RunTokenView>;

const RunPause = z
  .object({
    scope: z.enum(["everything", "registration", "course"]),
    at: Timestamp,
    by: z.string(),
  })
  .meta({ id: "RunPause", description: "what keeps a run from going on; null when nothing does" });

/** A run with what it consists of, all as it stood at one moment. */
export const RunDetail = RunView.extend({
  pause: RunPause.nullable(),
  scheduleId: Id.nullable(),
  courses: z.array(RunCourseView),
  batches: z.array(RunBatchView).meta({ description: "the latest 1,000" }),
  columns: z.array(RunColumnView).meta({ description: "the latest 1,000" }),
  phases: z.array(RunPhaseView).meta({ description: "one after the other, over all attempts" }),
  waits: z.array(RunWaitView).meta({ description: "when it stood still, and why" }),
  events: z.array(RunEventView).meta({ description: "the latest 200, oldest first" }),
  retries: z.array(Id),
  tokens: z
    .array(RunTokenView)
    .meta({ description: "those it drew on, in the order of first use" }),
  restorable: z.number().int().meta({
    description: "people whom it removed, none of them back or removed anew: they can be restored",
  }),
  canCancel: z.boolean(),
  canRetry: z.boolean(),
}).meta({ id: "RunDetail" });
export type RunDetail = z.infer<typeof RunDetail>;

export const ScoreOutcomeView = z
  .object({
    id: z.string(),
    scoreId: Id,
    userId: z.string(),
    name: z.string().nullable(),
    lineItemLabel: z.string(),
    batch: z.number().int(),
    kind: z.enum(["sent", "rejected", "unknown", "confirmed", "skipped"]),
    scoreGiven: z.number().nullable(),
    timestamp: Timestamp,
    httpStatus: z.number().int().nullable(),
    problem: Problem.nullable(),
    at: Timestamp,
  })
  .meta({ id: "ScoreOutcome" });
export type ScoreOutcomeView = z.infer<typeof ScoreOutcomeView>;

const OutcomeKind = ScoreOutcomeView.shape.kind;

export const OutcomeFilter = PageQuery.extend({
  kind: OutcomeKind.optional(),
  errorCode: z.string().max(100).optional(),
  q: z.string().max(200).optional().meta({ description: "user ID or name contains" }),
  sort: sortBy(["at"], "at"),
});
export type OutcomeFilter = z.infer<typeof OutcomeFilter>;

export const OutcomePage = pageOf(ScoreOutcomeView).extend({
  counts: countsBy(OutcomeKind).meta({
    description: "outcomes per kind under the same filter without `kind`; at most 10,000 each",
  }),
  cappedCounts: z.array(OutcomeKind).meta({ description: "kinds of which there are more" }),
});
export type OutcomePage = z.infer<typeof OutcomePage>;

export const RunFilter = PageQuery.extend({
  ids: Ids,
  state: z
    .preprocess(
      (value) => (typeof value === "string" ? value.split(",").filter(Boolean) : value),
      z.array(RunState),
    )
    .optional()
    .meta({
      description: "one state or several, separated by commas",
      param: { explode: false },
      override: { type: "array" },
    }),
  kind: RunKind.optional(),
  registrationId: Id.optional(),
  courseId: Id.optional(),
  trigger: RunTrigger.optional(),
  actor: z.string().max(200).optional().meta({ description: "who started it: the name contains" }),
  errorCode: z.string().max(100).optional(),
  ...TimeRange,
  minSeconds: seconds.optional().meta({ description: "finished, and took at least so long" }),
  maxSeconds: seconds.optional().meta({ description: "finished, and took at most so long" }),
  q: z.string().max(200).optional().meta({
    description:
      "course, registration or who started it contains, or the run's ID begins with this text",
  }),
  sort: sortBy(["createdAt", "finishedAt", "took"], "-createdAt"),
});
export type RunFilter = z.infer<typeof RunFilter>;

export const RunPage = pageOf(RunView).extend({
  counts: countsBy(RunState).meta({
    description: "runs per state under the same filter without `state`; at most 10,000 each",
  }),
  cappedCounts: z.array(RunState).meta({ description: "states of which there are more runs" }),
});
export type RunPage = z.infer<typeof RunPage>;

export const RunStart = z
  .discriminatedUnion("kind", [
    z
      .strictObject({
        kind: z.literal("roster_sync"),
        courseId: Id.optional().meta({ description: "one course" }),
        registrationId: Id.optional().meta({ description: "all courses of the registration" }),
        isPreview: z
          .boolean()
          .optional()
          .meta({ description: "write nothing, only say what a sync would change" }),
      })
      .refine((start) => (start.courseId === undefined) !== (start.registrationId === undefined), {
        message: "a roster sync names either a course or a registration",
        path: ["courseId"],
      }),
    z.strictObject({ kind: z.literal("grade_sync"), courseId: Id }),
    z
      .strictObject({
        kind: z.literal("verify"),
        courseId: Id.optional().meta({ description: "one course" }),
        registrationId: Id.optional().meta({ description: "all courses of the registration" }),
      })
      .refine((start) => (start.courseId === undefined) !== (start.registrationId === undefined), {
        message: "a verification names either a course or a registration",
        path: ["courseId"],
      }),
  ])
  .meta({ id: "RunStart" });
export type RunStart = z.infer<typeof RunStart>;

export const RunStarted = z
  .object({
    run: RunView,
    alreadyActive: z
      .boolean()
      .meta({ description: "the same sync was under way; this is that run" }),
  })
  .meta({ id: "RunStarted" });
export type RunStarted = z.infer<typeof RunStarted>;
