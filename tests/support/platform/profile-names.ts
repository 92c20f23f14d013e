export const PROFILE_NAMES = [
  "canvas",
  "moodle",
  "blackboard",
  "brightspace",
  "sakai",
  "schoology",
] as const;

export type ProfileName = (typeof PROFILE_NAMES)[number];
