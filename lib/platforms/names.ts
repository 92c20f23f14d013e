/** What each LMS is called, in the order in which a chooser shows them. */
export const PLATFORM_NAMES = {
  canvas: "Canvas",
  moodle: "Moodle",
  blackboard: "Blackboard",
  brightspace: "Brightspace",
  sakai: "Sakai",
  schoology: "Schoology",
  other: "Other platform",
} as const;
