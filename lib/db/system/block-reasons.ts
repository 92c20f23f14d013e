/** Why no sync can begin now, the widest first. */
export const BLOCK_REASONS = [
  "archived",
  "not_approved",
  "deployment_not_approved",
  "everything_paused",
  "registration_paused",
  "course_paused",
  "cooling_down",
] as const;
