/** Every type of the change feed, and what the subjects of its entries are. */
export const FEED_TYPES = {
  "member.added": "members",
  "member.changed": "members",
  "member.removed": "members",
  "member.restored": "members",
  "score.sent": "outcomes",
  "score.rejected": "outcomes",
  "score.conflict": "scores",
  "course.discovered": "none",
  "course.changed": "none",
  "hold.opened": "none",
  "hold.decided": "none",
  "run.finished": "none",
  "person.erased": "none",
  "alert.opened": "none",
  "alert.closed": "none",
  "registration.health_changed": "none",
} as const satisfies Record<string, "members" | "outcomes" | "scores" | "none">;

export type FeedType = keyof typeof FEED_TYPES;

export const FEED_TYPE_NAMES = Object.keys(FEED_TYPES) as [FeedType, ...FeedType[]];
