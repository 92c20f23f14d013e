import { z } from "zod";
import { Id, PageQuery, pageOf, Problem, Timestamp } from "../fields.ts";
import { CourseChange, CourseView, ScoreCounts } from "../courses/schema.ts";
import { nonEmpty, partialOf } from "../partial.ts";
import { LineItemInput, LineItemView } from "../line-items/schema.ts";
import { CourseProof } from "../proof/schema.ts";
import { RunKind, RunState } from "../runs/schema.ts";

const Changes = z
  .record(z.string(), z.object({ from: z.unknown(), to: z.unknown() }))
  .meta({ description: "field by field; a new course's fields come from null" });

export const CourseChangeView = z
  .object({
    id: z.string(),
    at: Timestamp,
    source: z.enum(["launch", "operator", "api", "notice"]),
    changes: Changes,
  })
  .meta({ id: "CourseLaunchChange" });
export type CourseChangeView = z.infer<typeof CourseChangeView>;

export const CourseChangeFilter = PageQuery;
export const CourseChangePage = pageOf(CourseChangeView);

/** What an instructor sees inside the LMS: nothing of other courses, no addresses. */
export const LaunchedCourseView = z.object({
  title: z.string(),
  label: z.string(),
  registrationName: z.string(),
  offersMemberships: z.boolean(),
  offersGrades: z.boolean(),
  memberCount: z.number().int().nullable(),
  rosterSyncedAt: Timestamp.nullable(),
  scores: ScoreCounts,
  rosterProblem: Problem.nullable(),
  healthReason: z.string().nullable(),
  proof: CourseProof.pick({
    total: true,
    proven: true,
    open: true,
    unproven: true,
    provedAt: true,
  }),
  differences: z
    .array(
      z.object({
        id: z.string(),
        person: z.string().meta({ description: "the name where the launch gave names" }),
        column: z.string(),
        ours: z.string(),
        platforms: z.string(),
        title: z.string(),
      }),
    )
    .meta({ description: "the first twenty" }),
  differencesTotal: z.number().int(),
  consoleUrl: z.string().meta({ description: "of the course, for who has an account there" }),
  runs: z
    .array(
      z.object({
        id: Id,
        kind: RunKind,
        state: RunState,
        done: z.number().int(),
        total: z.number().int().nullable(),
        failed: z.number().int(),
        finishedAt: Timestamp.nullable(),
        message: z.string().nullable(),
      }),
    )
    .meta({ description: "the last of each kind" }),
});
export type LaunchedCourseView = z.infer<typeof LaunchedCourseView>;

/** What an instructor starts inside the LMS. */
export const LaunchedSync = z.strictObject({
  kind: RunKind.extract(["roster_sync", "grade_sync"]),
});
export type LaunchedSync = z.infer<typeof LaunchedSync>;

const DAY_S = 86_400;

/** A launch that another tool of the same registration received. */
export const LaunchReport = z
  .object({
    idToken: z
      .string()
      .min(1, "the id_token is required")
      .max(60_000)
      .meta({ description: "as the platform posted it to the tool" }),
    maxAgeSeconds: z
      .number()
      .int()
      .min(60)
      .max(7 * DAY_S)
      .default(3_600)
      .meta({
        description:
          "how long ago the platform may have issued it; its own expiry does not count, for it is the tool that had to heed it",
      }),
  })
  .meta({ id: "LaunchReport" });
export type LaunchReport = z.infer<typeof LaunchReport>;

/** A course as a tool knows it by its own launches; what is left out keeps its value. */
export const ContextFacts = nonEmpty(
  partialOf(CourseChange.omit({ deploymentId: true, contextId: true })).extend({
    lineItem: LineItemInput.extend({ url: z.url().max(2000) })
      .optional()
      .meta({ description: "the column of the launched link" }),
  }),
).meta({ id: "ContextFacts" });
export type ContextFacts = z.infer<typeof ContextFacts>;

export const ContextRecorded = z
  .object({
    deploymentState: z.enum(["approved", "pending"]).meta({
      description: "pending: nobody has approved the deployment, so no course was recorded",
    }),
    course: CourseView.nullable().meta({ description: "null outside of any course, too" }),
    isNew: z.boolean().meta({ description: "the course was not known before" }),
    isOutdated: z.boolean().meta({ description: "a later launch is known: nothing was changed" }),
    changes: Changes,
    lineItem: LineItemView.nullable().meta({ description: "the column that was named" }),
    problems: z
      .array(Problem)
      .meta({ description: "why the column could not be read; it is tried again next time" }),
  })
  .meta({ id: "ContextRecorded" });
export type ContextRecorded = z.infer<typeof ContextRecorded>;
