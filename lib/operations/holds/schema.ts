import { z } from "zod";
import { Id, Ids, PageQuery, pageOf, TimeRange, Timestamp } from "../fields.ts";
import { sortBy } from "../lists/sort.ts";

export const HoldState = z
  .enum(["open", "approved", "discarded", "superseded"])
  .meta({ id: "HoldState", description: "superseded: a later sync read the roster again" });
export type HoldState = z.infer<typeof HoldState>;

export const HoldRule = z.enum(["empty", "share", "no_instructor"]).meta({
  id: "HoldRule",
  description:
    "empty: nobody would be left; share: more than 10 % and at least 5 people; no_instructor: the last instructor would go",
});
export type HoldRule = z.infer<typeof HoldRule>;

/** Removals of one sync in one course that wait for a person; adds and updates went on. */
export const HoldView = z
  .object({
    id: Id,
    state: HoldState,
    rule: HoldRule,
    runId: Id,
    courseId: Id,
    courseTitle: z.string(),
    registrationId: Id,
    registrationName: z.string(),
    removals: z.number().int(),
    membersBefore: z.number().int(),
    applied: z
      .object({ added: z.number().int(), changed: z.number().int() })
      .meta({ description: "what the same sync did apply" }),
    similar: z.number().int().meta({ description: "other open holds of the registration" }),
    restorable: z.number().int().meta({
      description: "people whom its approval removed and who can be taken back",
    }),
    stayed: z.number().int().meta({
      description: "people whom it names and its approval did not remove: back on the roster",
    }),
    dropsAllowedUntil: Timestamp.nullable().meta({
      description: "larger drops in this course are applied until then",
    }),
    createdAt: Timestamp,
    decidedAt: Timestamp.nullable(),
    decidedBy: z.string().nullable(),
  })
  .meta({ id: "Hold" });
export type HoldView = z.infer<typeof HoldView>;

export const HoldFilter = PageQuery.extend({
  ids: Ids,
  state: z
    .enum([...HoldState.options, "all"])
    .default("open")
    .meta({ description: "open when it is left out" }),
  rule: HoldRule.optional(),
  registrationId: Id.optional(),
  courseId: Id.optional(),
  runId: Id.optional(),
  ...TimeRange,
  sort: sortBy(["createdAt", "removals"], "-createdAt"),
});
export type HoldFilter = z.infer<typeof HoldFilter>;
export const HoldPage = pageOf(HoldView);

/** What became of a removal that was held. */
export const HeldMemberView = z
  .object({
    userId: z.string(),
    name: z.string().nullable(),
    email: z.string().nullable(),
    roles: z.array(z.string()),
    state: z.enum(["held", "applied", "discarded"]).meta({
      description: "applied: the person was removed; discarded: the person stays",
    }),
    firstSeenAt: Timestamp,
    lastSeenAt: Timestamp.nullable(),
  })
  .meta({ id: "HeldMember" });
export type HeldMemberView = z.infer<typeof HeldMemberView>;
export const HeldMemberPage = pageOf(HeldMemberView);

export const HoldDecided = z
  .object({
    hold: HoldView,
    removed: z.number().int(),
    stayed: z.number().int().meta({
      description:
        "of an approval: people back on the roster, which was read once more; of a discard: all of them",
    }),
  })
  .meta({ id: "HoldDecided" });
export type HoldDecided = z.infer<typeof HoldDecided>;

export const HoldRestored = z
  .object({ hold: HoldView, restored: z.number().int() })
  .meta({ id: "HoldRestored" });
export type HoldRestored = z.infer<typeof HoldRestored>;

export const LargerDrops = z
  .object({
    courseId: Id,
    dropsAllowedUntil: Timestamp.nullable().meta({ description: "null: the rules hold again" }),
  })
  .meta({ id: "LargerDrops" });
export type LargerDrops = z.infer<typeof LargerDrops>;
