/** Who has to act on an error. */
export type Owner = "nobody" | "operator" | "platform_admin" | "platform_vendor" | "rollbook";

export const OWNER_WORDS: Record<Owner, string> = {
  nobody: "Nobody: Rollbook tries again",
  operator: "You, the operator",
  platform_admin: "The LMS administrator",
  platform_vendor: "The LMS vendor",
  rollbook: "Whoever runs Rollbook",
};
