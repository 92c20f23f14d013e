import {
  SavedView,
  SavedViewFilter,
  SavedViewInput,
  SavedViewList,
} from "#lib/operations/lists/schema.ts";
import * as views from "#lib/operations/lists/saved-views.ts";
import { defineRoute } from "../../route.ts";

const tag = "Saved views";

export const savedViewRoutes = [
  defineRoute("GET", "/saved-views", {
    id: "listSavedViews",
    tag,
    summary: "List one's own saved views of a list",
    query: SavedViewFilter,
    result: SavedViewList,
    operate: views.listSavedViews,
  }),
  defineRoute("POST", "/saved-views", {
    id: "saveView",
    tag,
    summary: "Keep a list's filter and order under a name",
    body: SavedViewInput,
    example: { list: "runs", name: "Failed this week", query: "state=failed&sort=-took" },
    status: 201,
    result: SavedView,
    location: ({ list }) => `/saved-views?list=${list}`,
    operate: views.saveView,
  }),
  defineRoute("DELETE", "/saved-views/{savedViewId}", {
    id: "deleteSavedView",
    tag,
    summary: "Delete a saved view",
    result: SavedView,
    operate: views.deleteSavedView,
  }),
];
