/** What an error means, who acts and what they do: one table for runs, connection tests and pages. */
import { platformWords } from "#lib/platforms/index.ts";
import type { About, Advice, Known } from "./advice.ts";
import type { Code } from "./codes.ts";
import { CONSOLE_ADVICE } from "./rows/console.ts";
import { OWN_ADVICE } from "./rows/own.ts";
import { PLATFORM_ADVICE } from "./rows/platform.ts";

/** A code without advice does not compile. */
const TABLE = {
  ...PLATFORM_ADVICE,
  ...OWN_ADVICE,
  ...CONSOLE_ADVICE,
} satisfies Record<Code, unknown>;

const UNEXPECTED: Advice = {
  title: "Unexpected error",
  cause: "Rollbook met something it does not know.",
  fix: "Copy this for support; the server's log has the details.",
  owner: "rollbook",
};

/** The advice for an error, in the LMS's own words where its platform is given. */
export function adviceFor(code: string, about: About = {}): Advice {
  if (!hasAdvice(code)) return UNEXPECTED;
  const entry = TABLE[code];
  const advice: Advice = typeof entry === "function" ? entry(knownOf(about)) : entry;
  return { ...advice, cause: asSentence(advice.cause), fix: asSentence(advice.fix) };
}

/** Whether a code has a row of its own. */
export function hasAdvice(code: string): code is Code {
  return Object.hasOwn(TABLE, code);
}

function knownOf(about: About): Known {
  const fact = (name: string) => {
    const value = about.detail?.[name];
    const [first] = Array.isArray(value) ? (value as unknown[]) : [value];
    return typeof first === "string" || typeof first === "number" ? String(first) : "";
  };
  return {
    ...about,
    words: platformWords(about.platform ?? "other"),
    courseWords: about.course ? `the course “${about.course}”` : "the course",
    toolJwksUrl: about.toolJwksUrl ?? "the key set URL of this Rollbook",
    clientId: about.clientId ?? "the one that is entered here",
    fact,
  };
}

function asSentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

export { networkAdvice } from "./rows/network.ts";
export { doubtsAudience } from "./rows/token-refused.ts";
export { OWNERS, OWNER_WORDS } from "./advice.ts";
export type { About, Advice, NetworkFault, Owner } from "./advice.ts";
