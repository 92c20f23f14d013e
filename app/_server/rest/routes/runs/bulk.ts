import * as bulk from "#lib/operations/bulk/bulk.ts";
import {
  BulkFilter,
  BulkPage,
  BulkPreview,
  BulkStart,
  BulkView,
} from "#lib/operations/bulk/schema.ts";
import { defineRoute } from "../../route.ts";

const tag = "Bulk operations";
const example = {
  action: "runs.retry",
  filter: { state: ["failed"], registrationId: "01939f2e-7b5a-7c4e-9a55-0d0f9d1a8a11" },
} as const;

export const bulkRoutes = [
  defineRoute("GET", "/operations", {
    id: "listBulkOperations",
    tag,
    summary: "List bulk operations, newest first",
    query: BulkFilter,
    result: BulkPage,
    operate: bulk.listBulk,
  }),
  defineRoute("POST", "/operations", {
    id: "startBulkOperation",
    tag,
    summary: "Act on everything that matches a filter",
    description:
      "Answers at once. What matches now is acted on one by one; what comes to match later is not touched. An empty filter is refused.",
    body: BulkStart,
    example,
    status: 202,
    result: BulkView,
    location: ({ id }) => `/operations/${id}`,
    operate: bulk.startBulk,
  }),
  defineRoute("POST", "/operations/preview", {
    id: "previewBulkOperation",
    tag,
    summary: "Count what an operation would act on, and what it would leave alone",
    body: BulkStart,
    example,
    result: BulkPreview,
    operate: bulk.previewBulk,
  }),
  defineRoute("GET", "/operations/{operationId}", {
    id: "getBulkOperation",
    tag,
    summary: "Read a bulk operation",
    result: BulkView,
    operate: bulk.getBulk,
  }),
  defineRoute("POST", "/operations/{operationId}/cancel", {
    id: "cancelBulkOperation",
    tag,
    summary: "Stop a bulk operation",
    description: "It stops after the object that it is acting on. What it did stays done.",
    status: 202,
    result: BulkView,
    operate: bulk.cancelBulk,
  }),
];
