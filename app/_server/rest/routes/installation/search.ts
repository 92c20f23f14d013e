import { SearchQuery, SearchResult } from "#lib/operations/search/schema.ts";
import { search } from "#lib/operations/search/search.ts";
import { defineRoute } from "../../route.ts";

export const searchRoutes = [
  defineRoute("GET", "/search", {
    id: "search",
    tag: "Search",
    summary: "Find whatever a text names: by name, e-mail, ID or service URL",
    description:
      "Of each kind the most likely first; IDs of Rollbook's are found by their beginning, from six characters on.",
    query: SearchQuery,
    result: SearchResult,
    operate: search,
  }),
];
