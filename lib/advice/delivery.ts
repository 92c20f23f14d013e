import type { Entry } from "./advice.ts";

/** What goes wrong between Rollbook and the applications that it delivers to. */
export const DELIVERY_ADVICE = {
  "operation.feed_expired": {
    title: "Changes after this cursor are not kept",
    cause:
      "The application did not read the feed for longer than changes are kept, or it has a cursor of another installation.",
    fix: "Take a cursor with after=now, read the members of each course, then go on from that cursor.",
    owner: "operator",
  },
} satisfies Record<string, Entry>;
