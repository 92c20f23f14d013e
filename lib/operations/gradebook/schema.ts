import { z } from "zod";
import { Id, PageQuery, pageOf, Timestamp } from "../fields.ts";

export const CellState = z
  .enum(["sent", "waiting", "rejected", "proven", "differs", "missing", "left_alone", "not_ours"])
  .meta({
    id: "GradebookCellState",
    description:
      "sent: accepted and not verified since; proven: seen on the platform as sent; differs: the platform holds another value; missing: it holds none",
  });
export type CellState = z.infer<typeof CellState>;

export const GradebookColumn = z
  .object({
    id: Id,
    label: z.string(),
    scoreMaximum: z.number(),
    goneAt: Timestamp.nullable(),
  })
  .meta({ id: "GradebookColumn" });
export type GradebookColumn = z.infer<typeof GradebookColumn>;

export const GradebookCell = z
  .object({
    lineItemId: Id,
    state: CellState,
    scoreGiven: z.number().nullable(),
    scoreMaximum: z.number().nullable(),
    platformScore: z
      .number()
      .nullable()
      .meta({ description: "what the platform was seen to hold instead" }),
  })
  .meta({ id: "GradebookCell" });
export type GradebookCell = z.infer<typeof GradebookCell>;

export const GradebookRow = z
  .object({
    userId: z.string(),
    name: z.string().nullable(),
    cells: z.array(GradebookCell).meta({ description: "of the columns asked for; none: no score" }),
  })
  .meta({ id: "GradebookRow" });
export type GradebookRow = z.infer<typeof GradebookRow>;

export const GradebookFilter = PageQuery.extend({
  q: z.string().max(200).optional().meta({ description: "user ID or name contains" }),
  state: z
    .enum(["sent", "waiting", "rejected", "proven", "differs"])
    .optional()
    .meta({ description: "people who have a score in this state; missing counts as differs" }),
  columnsFrom: z.coerce
    .number()
    .int()
    .min(0)
    .max(10_000)
    .default(0)
    .meta({ description: "how many columns to pass over, oldest first" }),
  columnLimit: z.coerce.number().int().min(1).max(200).default(40),
});
export type GradebookFilter = z.infer<typeof GradebookFilter>;

export const Gradebook = pageOf(GradebookRow)
  .extend({ columns: z.array(GradebookColumn), columnTotal: z.number().int() })
  .meta({ id: "Gradebook" });
export type Gradebook = z.infer<typeof Gradebook>;
