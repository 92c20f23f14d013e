import type { PlatformWords } from "#lib/platforms/index.ts";

/** Who has to act on an error or on what a connection test found. */
export const OWNERS = [
  "nobody",
  "operator",
  "instructor",
  "platform_admin",
  "platform_vendor",
  "tool_developer",
  "rollbook",
] as const;

export type Owner = (typeof OWNERS)[number];

/** What each owner is called; `nobody` because Rollbook goes on by itself. */
export const OWNER_WORDS: Record<Owner, string> = {
  nobody: "Nobody: Rollbook tries again",
  operator: "You, the operator",
  instructor: "The instructor",
  platform_admin: "The LMS administrator",
  platform_vendor: "The LMS vendor",
  tool_developer: "Whoever runs the tool beside Rollbook",
  rollbook: "Whoever runs Rollbook",
};

/** What an error means: its name, its likely cause, who acts, and what they do. */
export type Advice = { title: string; cause: string; owner: Owner; fix: string };

/** A network's own error: its code, and its words. */
export type NetworkFault = { code: string; words: string };

/** What is known about where an error happened; the more, the more exact the advice. */
export type About = {
  /** A platform's key, for the LMS's own words. */
  platform?: string;
  /** The course that was asked for. */
  course?: string;
  /** A scope that the request used. */
  scope?: string;
  toolJwksUrl?: string;
  clientId?: string;
  /** The error's own facts, such as `hint`, `status`, `scope`. */
  detail?: Record<string, unknown>;
  /** Why the network failed. */
  fault?: NetworkFault;
  /** Somebody waits for the answer of a connection test. */
  isTest?: boolean;
  /** A look at our key set found it not as it should be, or on a private network. */
  keySet?: "bad" | "private";
};

/** `About` with words for what is not known. */
export type Known = About & {
  words: PlatformWords;
  courseWords: string;
  toolJwksUrl: string;
  clientId: string;
  /** A fact of the error as text; empty where there is none. */
  fact(name: string): string;
};

/** What an LMS labels, for a sentence: `“Rosters” and “Grades”`. */
export function quoted(labels: readonly string[]): string {
  return labels.map((label) => `“${label}”`).join(" and ");
}

/** A row of the table: the same advice always, or one that depends on what is known. */
export type Entry = Advice | ((about: Known) => Advice);
