import { z } from "zod";
import { ScoreCounts } from "../courses/schema.ts";
import { Id, PageQuery, pageOf, Timestamp, Version } from "../fields.ts";
import { nonEmpty } from "../partial.ts";

export const LineItemInput = z
  .object({
    url: z
      .string()
      .trim()
      .max(2000)
      .refine((value) => URL.canParse(value), { message: "must be a full address" })
      .optional()
      .meta({
        description:
          "URL of a line item the platform already has; without it one is found by resource ID and tag, or created on the platform",
      }),
    label: z.string().trim().min(1, "label is required").max(500),
    scoreMaximum: z.coerce.number().positive("the maximum score is greater than 0"),
    resourceId: z.string().trim().max(500).optional().meta({
      description:
        "names the column together with the tag; without one it is derived from course and label, so that the same label means the same column",
    }),
    tag: z.string().trim().max(500).optional(),
  })
  .meta({ id: "LineItemInput" });
export type LineItemInput = z.infer<typeof LineItemInput>;

export const LineItemView = z
  .object({
    id: Id,
    courseId: Id,
    url: z.string(),
    label: z.string(),
    scoreMaximum: z.number(),
    resourceId: z.string().nullable(),
    tag: z.string().nullable(),
    resourceLinkId: z.string().nullable().meta({
      description: "the link that it belongs to; such a one is deleted only with `coupled`",
    }),
    startAt: Timestamp.nullable(),
    endAt: Timestamp.nullable(),
    gradesReleased: z.boolean().nullable().meta({
      description: "whether grades are to be shown to learners; null: the platform did not say",
    }),
    scores: ScoreCounts,
    goneAt: Timestamp.nullable().meta({
      description: "since when the platform no longer has it, as far as it was seen or deleted",
    }),
    deletedBy: z
      .string()
      .nullable()
      .meta({ description: "who deleted it from here; its scores are kept" }),
    version: Version,
    createdAt: Timestamp,
  })
  .meta({ id: "LineItem" });
export type LineItemView = z.infer<typeof LineItemView>;

export const LineItemAdded = LineItemView.extend({
  wasCreated: z.boolean().meta({
    description: "false: it was on the platform already, or recorded here; then the status is 200",
  }),
  differs: z.array(z.enum(["label", "scoreMaximum", "resourceId", "tag"])).meta({
    description: "what it has otherwise than asked for; nothing of it was changed",
  }),
}).meta({ id: "LineItemAdded" });
export type LineItemAdded = z.infer<typeof LineItemAdded>;

export const LineItemFilter = PageQuery.extend({
  url: z.string().max(2000).optional().meta({ description: "exactly this address" }),
  resourceId: z.string().max(500).optional().meta({ description: "exactly this resource ID" }),
  tag: z.string().max(500).optional().meta({ description: "exactly this tag" }),
});
export type LineItemFilter = z.infer<typeof LineItemFilter>;

export const LineItemPage = pageOf(LineItemView);

export const LineItemsImported = z
  .object({
    added: z.number().int(),
    updated: z.number().int(),
    gone: z.number().int().meta({ description: "known here, and not on the platform any longer" }),
    complete: z.boolean().meta({ description: "whether the platform's list was read to its end" }),
  })
  .meta({ id: "LineItemsImported" });
export type LineItemsImported = z.infer<typeof LineItemsImported>;

/** What AGS 2.0 §3.2 lets a tool change. */
export const LineItemPatch = nonEmpty(
  z.object({
    label: LineItemInput.shape.label.optional(),
    scoreMaximum: LineItemInput.shape.scoreMaximum.optional(),
    resourceId: z.string().trim().max(500).nullable().optional(),
    tag: z.string().trim().max(500).nullable().optional(),
    startAt: Timestamp.nullable().optional(),
    endAt: Timestamp.nullable().optional(),
    gradesReleased: z.boolean().nullable().optional(),
  }),
).meta({ id: "LineItemPatch", description: "null voids; what is left out stays as it is" });
export type LineItemPatch = z.infer<typeof LineItemPatch>;

const Field = z.enum([
  "label",
  "scoreMaximum",
  "resourceId",
  "tag",
  "startAt",
  "endAt",
  "gradesReleased",
]);
export type LineItemField = z.infer<typeof Field>;

export const LineItemChanged = LineItemView.extend({
  differs: z
    .array(Field)
    .meta({ description: "what was asked for, and the platform has otherwise all the same" }),
}).meta({ id: "LineItemChanged" });
export type LineItemChanged = z.infer<typeof LineItemChanged>;

/** A line item as the platform has it now, beside what is held here. */
export const LineItemOnPlatform = z
  .object({
    platform: LineItemView.pick({
      url: true,
      label: true,
      scoreMaximum: true,
      resourceId: true,
      tag: true,
      resourceLinkId: true,
      startAt: true,
      endAt: true,
      gradesReleased: true,
    }).extend({
      extensions: z
        .record(z.string(), z.unknown())
        .meta({ description: "members that Rollbook does not know; kept when it is changed" }),
    }),
    held: LineItemView,
    differs: z.array(Field).meta({ description: "fields of which the two say different things" }),
    version: Version.meta({
      description: "of what the platform has; what `If-Match` is compared with",
    }),
  })
  .meta({ id: "LineItemOnPlatform" });
export type LineItemOnPlatform = z.infer<typeof LineItemOnPlatform>;

export const LineItemDeletion = z.object({
  confirm: z
    .string()
    .max(500)
    .optional()
    .meta({ description: "its label, to the letter; without it nothing is deleted" }),
  coupled: z
    .union([z.boolean(), z.stringbool({ truthy: ["true"], falsy: ["false"] })])
    .default(false)
    .meta({
      description: "true: delete it also where it belongs to a link of the course",
      override: { type: "boolean", default: false },
    }),
});
export type LineItemDeletion = z.infer<typeof LineItemDeletion>;

export const LineItemDeleted = z
  .object({
    id: Id,
    label: z.string(),
    scores: z
      .number()
      .int()
      .meta({ description: "that it holds; they are kept here with their history" }),
    refused: z
      .number()
      .int()
      .meta({ description: "of these: waited, and will not be sent any more" }),
    wasGone: z.boolean().meta({ description: "the platform had it no longer" }),
  })
  .meta({ id: "LineItemDeleted" });
export type LineItemDeleted = z.infer<typeof LineItemDeleted>;
