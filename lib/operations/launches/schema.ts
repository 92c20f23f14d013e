import { z } from "zod";
import { Id, PageQuery, pageOf, Problem, Timestamp } from "../fields.ts";
import { ScoreCounts } from "../courses/schema.ts";
import { RunKind, RunState } from "../runs/schema.ts";

export const CourseChangeView = z
  .object({
    id: z.string(),
    at: Timestamp,
    source: z.enum(["launch", "operator", "api", "notice"]),
    changes: z
      .record(z.string(), z.object({ from: z.unknown(), to: z.unknown() }))
      .meta({ description: "field by field; a new course's fields come from null" }),
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
