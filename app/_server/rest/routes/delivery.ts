import { readFeed } from "#lib/operations/feed/feed.ts";
import { FeedPage, FeedQuery } from "#lib/operations/feed/schema.ts";
import { defineRoute } from "../route.ts";

const tag = "Delivery";

export const deliveryRoutes = [
  defineRoute("GET", "/changes", {
    id: "readChanges",
    tag,
    summary: "Read what changed after a cursor, oldest first",
    description:
      "Keep `nextCursor` once what it came with is stored, and ask again with it as `after`: each change comes at least once, those of a course in their order. Names are left out for who may not see them. 410 where changes after the cursor are no longer kept.",
    query: FeedQuery,
    result: FeedPage,
    operate: readFeed,
  }),
];
