import { z } from "zod";
import * as lineItems from "#lib/operations/line-items.ts";
import { PageQuery } from "#lib/operations/schemas/common.ts";
import {
  LineItemInput,
  LineItemPage,
  LineItemsImported,
  LineItemView,
  ScoreCsvPreview,
  ScoreFilter,
  ScorePage,
  ScorePush,
  ScorePushResult,
} from "#lib/operations/schemas/grades.ts";
import { confirmScoreCsv, previewScoreCsv } from "#lib/operations/score-csv/index.ts";
import { listScores, pushScores } from "#lib/operations/scores.ts";
import { defineRoute } from "../route.ts";

const tag = "Grades";

const SendQuery = z.object({
  send: z
    .stringbool({ truthy: ["true"], falsy: ["false"] })
    .default(false)
    .meta({
      description: "start a grade sync of the course at once",
      override: { type: "boolean", default: false },
    }),
});

export const gradeRoutes = [
  defineRoute("GET", "/courses/{courseId}/line-items", {
    id: "listLineItems",
    tag,
    summary: "List a course's line items, oldest first",
    query: PageQuery,
    result: LineItemPage,
    operate: lineItems.listLineItems,
  }),
  defineRoute("POST", "/courses/{courseId}/line-items", {
    id: "addLineItem",
    tag,
    summary: "Add a line item to a course",
    description:
      "With a URL it is recorded as given; without one it is found on the platform by resource ID and tag, or created there.",
    body: LineItemInput,
    status: 201,
    result: LineItemView,
    location: ({ courseId }) => `/courses/${courseId}/line-items`,
    operate: lineItems.addLineItem,
  }),
  defineRoute("POST", "/courses/{courseId}/line-items/import", {
    id: "importLineItems",
    tag,
    summary: "Read the platform's line items of a course",
    result: LineItemsImported,
    operate: lineItems.importLineItems,
  }),
  defineRoute("GET", "/courses/{courseId}/scores", {
    id: "listScores",
    tag,
    summary: "List a course's scores, by the person's name",
    query: ScoreFilter,
    result: ScorePage,
    operate: listScores,
  }),
  defineRoute("POST", "/line-items/{lineItemId}/scores", {
    id: "pushScores",
    tag,
    summary: "Set the wanted scores of a line item",
    description:
      "Up to 10,000 at once, stored together or not at all. A value that is wanted or sent already changes nothing.",
    body: ScorePush,
    isIdempotent: true,
    status: 202,
    result: ScorePushResult,
    operate: pushScores,
  }),
  defineRoute("POST", "/line-items/{lineItemId}/scores/csv", {
    id: "uploadScoreCsv",
    tag,
    summary: "Set the wanted scores of a line item from CSV",
    description: "All lines are stored, or none; errors name their lines.",
    query: SendQuery,
    body: "csv",
    isIdempotent: true,
    status: 202,
    result: ScorePushResult,
    operate: confirmScoreCsv,
  }),
  defineRoute("POST", "/line-items/{lineItemId}/scores/csv/preview", {
    id: "previewScoreCsv",
    tag,
    summary: "Read a CSV of scores without storing anything",
    body: "csv",
    result: ScoreCsvPreview,
    operate: previewScoreCsv,
  }),
];
