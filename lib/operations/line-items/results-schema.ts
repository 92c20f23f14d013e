import { z } from "zod";
import { PageQuery } from "../fields.ts";

export const ResultView = z
  .object({
    userId: z.string(),
    name: z.string().nullable().meta({ description: "as the roster has it" }),
    resultScore: z.number().nullable().meta({ description: "null: the platform holds no value" }),
    resultMaximum: z.number().meta({ description: "1 where the platform does not say" }),
    comment: z.string().nullable(),
    scoringUserId: z.string().nullable(),
    url: z.string().nullable().meta({ description: "the platform's address of the result" }),
    extensions: z
      .record(z.string(), z.unknown())
      .meta({ description: "members that Rollbook does not know" }),
  })
  .meta({ id: "Result" });
export type ResultView = z.infer<typeof ResultView>;

export const ResultFilter = PageQuery.extend({
  userId: z.string().min(1).max(255).optional().meta({ description: "this person's result alone" }),
});
export type ResultFilter = z.infer<typeof ResultFilter>;

export const ResultPage = z
  .object({
    items: z.array(ResultView),
    nextCursor: z.string().nullable().meta({ description: "null on the last page" }),
    unreadable: z.number().int().meta({ description: "rows of this page that could not be read" }),
    isWhole: z.boolean().meta({
      description:
        "on the last page: nothing speaks against having seen every result; false before it, and where the platform's pages lead nowhere",
    }),
  })
  .meta({ id: "ResultPage" });
export type ResultPage = z.infer<typeof ResultPage>;
