import { z } from "zod";
import { Id, PageQuery, pageOf, TimeRange, Timestamp } from "../fields.ts";
import { sortBy } from "../lists/sort.ts";

const RosterChangeKind = z
  .enum(["added", "changed", "removed", "restored"])
  .meta({ id: "RosterChangeKind", description: "restored: had been removed, and is back" });
export type RosterChangeKind = z.infer<typeof RosterChangeKind>;

const RosterChangeState = z
  .enum(["previewed", "applied", "held", "discarded"])
  .meta({ id: "RosterChangeState" });
export type RosterChangeState = z.infer<typeof RosterChangeState>;

/** One member's difference between two rosters, as a run found it. */
export const RosterChangeView = z
  .object({
    id: z.string(),
    runId: Id,
    courseId: Id,
    courseTitle: z.string(),
    userId: z.string(),
    name: z.string().nullable(),
    kind: RosterChangeKind,
    state: RosterChangeState,
    fields: z
      .array(
        z.object({
          field: z.string(),
          from: z.string().nullable(),
          to: z.string().nullable(),
        }),
      )
      .meta({ description: "each field that differs; lists are joined by commas" }),
    at: Timestamp,
  })
  .meta({ id: "RosterChange" });
export type RosterChangeView = z.infer<typeof RosterChangeView>;

const RosterChangeFilter = PageQuery.extend({
  kind: RosterChangeKind.optional(),
  state: RosterChangeState.optional(),
  q: z.string().max(200).optional().meta({ description: "user ID or name contains" }),
});

export const RunRosterChangeFilter = RosterChangeFilter.extend({
  courseId: Id.optional().meta({ description: "of a run over many courses, this one" }),
  sort: sortBy(["at"], "at"),
});
export type RunRosterChangeFilter = z.infer<typeof RunRosterChangeFilter>;

export const CourseRosterChangeFilter = RosterChangeFilter.extend({
  ...TimeRange,
  sort: sortBy(["at"], "-at"),
});
export type CourseRosterChangeFilter = z.infer<typeof CourseRosterChangeFilter>;

export const RosterChangePage = pageOf(RosterChangeView);

const counts = z.object({
  added: z.number().int(),
  changed: z.number().int(),
  removed: z.number().int(),
  restored: z.number().int(),
});

/** What a preview found, and what became of it. */
export const PreviewView = z
  .object({
    runId: Id,
    state: z.enum(["under_way", "open", "nothing", "applied", "discarded", "moved"]).meta({
      description:
        "open: can be applied; nothing: the rosters are the same; moved: the stored roster changed since, so it cannot be applied any more",
    }),
    found: counts,
    /** Members that stay as they are. */
    same: z.number().int(),
    movedCourses: z.array(z.object({ courseId: Id, title: z.string() })),
    /** The runs that applied it. */
    appliedBy: z.array(Id),
  })
  .meta({ id: "RosterPreview" });
export type PreviewView = z.infer<typeof PreviewView>;

export const PreviewApply = z
  .object({
    withoutRemovals: z.boolean().meta({ description: "leave out who would go" }),
  })
  .meta({ id: "PreviewApply" });
export type PreviewApply = z.infer<typeof PreviewApply>;

export const RemovalsRestored = z
  .object({ restored: z.number().int(), courses: z.number().int() })
  .meta({
    id: "RemovalsRestored",
    description: "how many people were taken back, in how many courses",
  });
export type RemovalsRestored = z.infer<typeof RemovalsRestored>;
