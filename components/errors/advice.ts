import { OWN_ADVICE } from "./own-advice.ts";
import type { Owner } from "./owner.ts";
import { PLATFORM_ADVICE } from "./platform-advice.ts";

export type Advice = { title: string; cause: string; fix: string; owner: Owner };

const ADVICE: Record<string, Advice | undefined> = { ...PLATFORM_ADVICE, ...OWN_ADVICE };

const UNEXPECTED: Advice = {
  title: "Unexpected error",
  cause: "Rollbook met something it does not know.",
  fix: "Copy this for support; the server's log has the details.",
  owner: "rollbook",
};

export function adviceFor(code: string): Advice {
  return ADVICE[code] ?? UNEXPECTED;
}

/** A short heading for an error, for tables. */
export function errorTitle(code: string): string {
  return adviceFor(code).title;
}
