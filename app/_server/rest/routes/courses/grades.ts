import { getGradebook } from "#lib/operations/gradebook/gradebook.ts";
import { Gradebook, GradebookFilter } from "#lib/operations/gradebook/schema.ts";
import * as lineItems from "#lib/operations/line-items/line-items.ts";
import { addLineItem } from "#lib/operations/line-items/acts/add-line-item.ts";
import {
  readLineItemOnPlatform,
  updateLineItem,
} from "#lib/operations/line-items/acts/change-line-item.ts";
import { deleteLineItem } from "#lib/operations/line-items/acts/delete-line-item.ts";
import {
  LineItemAdded,
  LineItemChanged,
  LineItemDeleted,
  LineItemDeletion,
  LineItemFilter,
  LineItemInput,
  LineItemOnPlatform,
  LineItemPage,
  LineItemPatch,
  LineItemsImported,
  LineItemView,
} from "#lib/operations/line-items/schema.ts";
import { listResults } from "#lib/operations/line-items/results.ts";
import { ResultFilter, ResultPage } from "#lib/operations/line-items/results-schema.ts";
import {
  CourseScorePush,
  CourseScorePushResult,
  ScoreCsvOptions,
  ScoreCsvPreview,
  ScoreFilter,
  ScorePage,
  ScorePush,
  ScorePushResult,
  ScoresWithdrawn,
  ScoreWithdrawal,
} from "#lib/operations/scores/schema.ts";
import { confirmScoreCsv, previewScoreCsv } from "#lib/operations/scores/csv/index.ts";
import { pushCourseScores, pushScores } from "#lib/operations/scores/push/push-scores.ts";
import { listScores } from "#lib/operations/scores/scores.ts";
import { withdrawScores } from "#lib/operations/scores/withdraw.ts";
import { defineRoute } from "../../route.ts";

const tag = "Grades";
const version = (lineItem: { version: string }) => lineItem.version;
const CSV = "user_id,score,comment\nu-1017,87.5,Well argued\nu-1018,91,\n";

export const gradeRoutes = [
  defineRoute("GET", "/courses/{courseId}/line-items", {
    id: "listLineItems",
    tag,
    summary: "List a course's line items, oldest first",
    query: LineItemFilter,
    result: LineItemPage,
    operate: lineItems.listLineItems,
  }),
  defineRoute("POST", "/courses/{courseId}/line-items", {
    id: "addLineItem",
    tag,
    summary: "Add a line item to a course",
    description:
      "With a URL it is recorded as given; without one it is found by resource ID and tag, or created on the platform, once however many ask. One that exists is answered with 200 and not changed; `differs` names what it has otherwise.",
    body: LineItemInput,
    example: { label: "Quiz 1", scoreMaximum: 100, resourceId: "quiz-1", tag: "grade" },
    status: 201,
    asksPlatform: true,
    result: LineItemAdded,
    location: ({ id }) => `/line-items/${id}`,
    wasFound: ({ wasCreated }) => !wasCreated,
    operate: addLineItem,
  }),
  defineRoute("GET", "/line-items/{lineItemId}", {
    id: "getLineItem",
    tag,
    summary: "Read a line item, as it is held here",
    result: LineItemView,
    version,
    operate: lineItems.getLineItem,
  }),
  defineRoute("GET", "/line-items/{lineItemId}/platform", {
    id: "readLineItemOnPlatform",
    tag,
    summary: "Ask the platform for a line item, beside what is held here",
    description: "`differs` names the fields of which the two say different things.",
    asksPlatform: true,
    result: LineItemOnPlatform,
    version,
    operate: readLineItemOnPlatform,
  }),
  defineRoute("PATCH", "/line-items/{lineItemId}", {
    id: "updateLineItem",
    tag,
    summary: "Change a line item on the platform",
    description:
      "It is read and replaced there with all that the platform sent but for the changes. `If-Match` is compared with what the platform has; after a 412 that is what is held here.",
    body: LineItemPatch,
    example: { label: "Quiz 1, second try", endAt: "2026-12-24T12:00:00.000Z" },
    asksPlatform: true,
    result: LineItemChanged,
    version,
    operate: updateLineItem,
  }),
  defineRoute("DELETE", "/line-items/{lineItemId}", {
    id: "deleteLineItem",
    tag,
    summary: "Delete a line item on the platform, with the grades it holds there",
    description:
      "`confirm` repeats its label. Its scores are kept here with their history; those that wait are refused as `operation.column_deleted`. One that belongs to a link of the course needs `coupled=true`.",
    query: LineItemDeletion,
    asksPlatform: true,
    isConditional: true,
    result: LineItemDeleted,
    operate: deleteLineItem,
  }),
  defineRoute("POST", "/courses/{courseId}/line-items/import", {
    id: "importLineItems",
    tag,
    summary: "Read the platform's line items of a course",
    asksPlatform: true,
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
  defineRoute("GET", "/courses/{courseId}/gradebook", {
    id: "listGradebook",
    tag,
    summary: "Read a course's people with their scores, column by column",
    description: "A page of people by `cursor`, a window of columns by `columnsFrom`.",
    query: GradebookFilter,
    result: Gradebook,
    operate: getGradebook,
  }),
  defineRoute("POST", "/courses/{courseId}/scores", {
    id: "pushCourseScores",
    tag,
    summary: "Set the wanted scores of a line item that is named by what the tool knows",
    description:
      "As below a line item. `lineItem` names it by `id`, `url`, or `resourceId` and `tag`; one that is not known here is found on the platform or made there, if `label` and `scoreMaximum` are sent and the course's scopes allow it.",
    body: CourseScorePush,
    example: {
      lineItem: { resourceId: "quiz-1", tag: "grade", label: "Quiz 1", scoreMaximum: 100 },
      idType: "sis_id",
      acceptance: "what-is-right",
      scores: [{ userId: "s-1017", scoreGiven: 87.5 }],
      send: true,
    },
    status: 202,
    asksPlatform: true,
    result: CourseScorePushResult,
    operate: pushCourseScores,
  }),
  defineRoute("GET", "/line-items/{lineItemId}/results", {
    id: "listResults",
    tag,
    summary: "Ask the platform for the results of a line item, page by page",
    description:
      "What the platform holds now, whoever graded. `limit` is a wish: platforms make pages of their own size. People without a value may be missing.",
    asksPlatform: true,
    query: ResultFilter,
    result: ResultPage,
    operate: listResults,
  }),
  defineRoute("POST", "/line-items/{lineItemId}/scores", {
    id: "pushScores",
    tag,
    summary: "Set the wanted scores of a line item",
    description:
      "Up to 10,000 at once, stored together or not at all; with `acceptance: what-is-right` those that are right, and each other row is told. A value that is wanted or sent already changes nothing.",
    body: ScorePush,
    example: {
      scores: [{ userId: "u-1017", scoreGiven: 87.5, comment: "Well argued" }],
      send: true,
    },
    status: 202,
    result: ScorePushResult,
    operate: pushScores,
  }),
  defineRoute("POST", "/line-items/{lineItemId}/scores/withdraw", {
    id: "withdrawScores",
    tag,
    summary: "Take back scores that wait to be sent",
    body: ScoreWithdrawal,
    example: { userIds: ["u-1017"] },
    result: ScoresWithdrawn,
    operate: withdrawScores,
  }),
  defineRoute("POST", "/line-items/{lineItemId}/scores/csv", {
    id: "uploadScoreCsv",
    tag,
    summary: "Set the wanted scores of a line item from CSV",
    description: "All lines are stored, or none; errors name their lines.",
    query: ScoreCsvOptions,
    body: "csv",
    example: CSV,
    status: 202,
    result: ScorePushResult,
    operate: confirmScoreCsv,
  }),
  defineRoute("POST", "/line-items/{lineItemId}/scores/csv/preview", {
    id: "previewScoreCsv",
    tag,
    summary: "Read a CSV of scores without storing anything",
    body: "csv",
    example: CSV,
    result: ScoreCsvPreview,
    operate: previewScoreCsv,
  }),
];
