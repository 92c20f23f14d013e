/** What the routes are grouped by, in the order of the document. */
export const TAGS = {
  Registrations: "LMS platforms that know this tool, and the deployments",
  "Connection tests": "Whether a platform lets us in, step by step",
  Courses: "Contexts on the platforms",
  Rosters: "Who is in a course, and what changed",
  Grades: "Line items, and the scores that are wanted on the platform",
  Runs: "Syncs of rosters and grades",
  "Bulk operations": "One act on everything that matches a filter",
  Delivery: "What changed, for applications that keep a copy",
  Schedules: "When syncs start by themselves",
  Tokens: "What is known of access tokens; never the tokens themselves",
  Launches: "What LMSs registered and launched, and the keys they know us by",
  Search: "Anything by its name, an ID or an address",
  "Saved views": "Filters and orders of lists, as each person keeps them",
  "People's data": "What is held of a person, its erasure, and how long data is kept",
  "Sign-in": "Sessions, and how people sign in",
  Installation: "This installation, who works here, and its audit log",
} as const;

export type Tag = keyof typeof TAGS;
