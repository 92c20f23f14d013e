import { adviceFor } from "#lib/advice/index.ts";
import { PlatformError } from "#lib/lti/errors.ts";
import type { LtiError } from "#lib/lti/errors.ts";
import type { ProfileInvalid } from "#lib/platforms/profile.ts";
import { networkFaultOf } from "./network/network-fault.ts";
import type { StepAdvice, StepOutcome } from "./step.ts";
import type { Subject } from "./subject.ts";

/** Where an error happened. */
export type ErrorPlace = {
  subject: Pick<Subject, "platform" | "toolJwksUrl" | "clientId">;
  /** The course that was asked for. */
  course?: string;
  /** A scope that the step uses. */
  scope?: string;
  keySet?: "bad" | "private";
};

/** What the table of advice says of an error at one step. */
export function adviceAt(
  error: LtiError | ProfileInvalid,
  { subject, ...place }: ErrorPlace,
): StepAdvice {
  const { platform, toolJwksUrl, clientId } = subject;
  return adviceFor(error.code, {
    platform,
    toolJwksUrl,
    clientId,
    ...place,
    detail: { ...error },
    fault: networkFaultOf(error.cause),
    isTest: true,
  });
}

export const passed = (summary: string, more: Partial<StepOutcome> = {}): StepOutcome => ({
  state: "passed",
  summary,
  ...more,
});

export const skipped = (summary: string): StepOutcome => ({ state: "skipped", summary });

export const notReached = (summary: string): StepOutcome => ({ state: "not_reached", summary });

/** A step that ended with a typed error. */
export function failed(
  error: LtiError | ProfileInvalid,
  place: ErrorPlace,
  more: Partial<StepOutcome> = {},
): StepOutcome {
  return {
    state: "failed",
    summary: sentence(error.message),
    advice: adviceAt(error, place),
    verbatim: verbatimOf(error),
    ...more,
  };
}

/** The platform's own words, or the network's. */
export function verbatimOf(error: Error): string | undefined {
  const fault = networkFaultOf(error);
  if (fault) return `${fault.code}: ${fault.words}`;
  if (!(error instanceof PlatformError) || error.status === undefined) return undefined;
  return [`HTTP ${error.status}`, error.excerpt].filter(Boolean).join("\n");
}

export function sentence(words: string): string {
  const text = words.charAt(0).toUpperCase() + words.slice(1);
  return text.endsWith(".") ? text : `${text}.`;
}
