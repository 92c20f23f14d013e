import { z } from "zod";
import { Id, PageQuery, pageOf, TimeRange, Timestamp } from "../fields.ts";
import { CourseFilter } from "../courses/schema.ts";
import { HoldFilter } from "../holds/schema.ts";
import { RunFilter } from "../runs/schema.ts";

export const BulkAction = z
  .enum([
    "runs.cancel",
    "runs.retry",
    "courses.sync_rosters",
    "courses.sync_grades",
    "courses.verify",
    "holds.approve",
    "holds.discard",
  ])
  .meta({ id: "BulkAction" });
export type BulkAction = z.infer<typeof BulkAction>;

const PAGE = { cursor: true, limit: true, sort: true } as const;
const EMPTY = "name at least one condition: a bulk operation never acts on everything";

/** True where a condition is given that narrows; `wide` are those that do not. */
function narrows(...wide: string[]) {
  return (filter: Record<string, unknown>) =>
    Object.entries(filter).some(
      ([name, value]) =>
        !wide.includes(name) &&
        value !== undefined &&
        value !== "" &&
        !(Array.isArray(value) && value.length === 0),
    );
}

const RunConditions = z
  .strictObject(RunFilter.omit(PAGE).shape)
  .refine(narrows(), EMPTY)
  .meta({ description: "as the list of runs takes it; not empty" });
const CourseConditions = z
  .strictObject(CourseFilter.omit(PAGE).shape)
  .refine(narrows("archived"), EMPTY)
  .meta({ description: "as the list of courses takes it; not empty" });
const HoldConditions = z
  .strictObject(HoldFilter.omit(PAGE).shape)
  .refine(narrows("state"), EMPTY)
  .meta({ description: "as the list of holds takes it; not empty, and more than a state" });

export const BulkStart = z
  .discriminatedUnion("action", [
    z.strictObject({ action: z.enum(["runs.cancel", "runs.retry"]), filter: RunConditions }),
    z.strictObject({
      action: z.enum(["courses.sync_rosters", "courses.sync_grades", "courses.verify"]),
      filter: CourseConditions,
    }),
    z.strictObject({ action: z.enum(["holds.approve", "holds.discard"]), filter: HoldConditions }),
  ])
  .meta({ id: "BulkStart" });
export type BulkStart = z.output<typeof BulkStart>;

const Untouched = z
  .array(z.object({ reason: z.string().meta({ example: "finished" }), count: z.number().int() }))
  .meta({ description: "what matches and is left alone, by reason" });

export const BulkPreview = z
  .object({
    action: BulkAction,
    filterWords: z.array(z.string()).meta({ example: ["State: failed"] }),
    total: z.number().int().meta({ description: "everything that matches" }),
    targets: z.number().int().meta({ description: "what the action would be tried on" }),
    names: z.array(z.string()).meta({
      description:
        "the first eight of those: a course's title, of a run over many the registration",
    }),
    untouched: Untouched,
  })
  .meta({ id: "BulkPreview" });
export type BulkPreview = z.infer<typeof BulkPreview>;

const BulkState = z
  .enum(["running", "cancelling", "done", "cancelled"])
  .meta({ description: "cancelling: it stops after the object that it is acting on" });

export const BulkFilter = PageQuery.extend({
  action: BulkAction.optional(),
  state: BulkState.optional(),
  actor: z.string().max(200).optional().meta({ description: "who started it: the name contains" }),
  ...TimeRange,
});
export type BulkFilter = z.infer<typeof BulkFilter>;

export const BulkView = z
  .object({
    id: Id,
    action: BulkAction,
    filter: z.record(z.string(), z.unknown()),
    filterWords: z.array(z.string()),
    state: BulkState,
    total: z.number().int().meta({ description: "everything that matched when it was started" }),
    done: z.number().int(),
    skipped: z.number().int().meta({ description: "including those left alone from the start" }),
    failed: z.number().int(),
    untouched: Untouched,
    problems: z
      .array(
        z.object({
          objectId: Id,
          name: z.string().nullable(),
          outcome: z.enum(["skipped", "failed"]),
          reason: z.string(),
        }),
      )
      .meta({ description: "the first 50 that were skipped or failed on the way" }),
    startedBy: z.string(),
    createdAt: Timestamp,
    finishedAt: Timestamp.nullable(),
  })
  .meta({ id: "BulkOperation" });
export type BulkView = z.infer<typeof BulkView>;
export const BulkPage = pageOf(BulkView);
