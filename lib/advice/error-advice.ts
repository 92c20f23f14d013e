import type { AccessDenied, LtiError, PlatformUnavailable } from "#lib/lti/errors.ts";
import { shortScope } from "#lib/lti/scopes.ts";
import { networkAdvice, networkFaultOf } from "./network-advice.ts";
import { switchFor } from "#lib/platforms/index.ts";
import type { ProfileInvalid } from "#lib/platforms/profile.ts";
import type { StepAdvice, StepKey } from "#lib/connection-test/step.ts";
import type { Subject } from "#lib/connection-test/subject.ts";

/** Where an error happened. */
export type ErrorPlace = {
  step: StepKey;
  words: Subject["words"];
  /** The course that was asked for. */
  course?: string;
  /** A scope that the step uses. */
  scope?: string;
};

/** What a typed error means at one step: likely cause, who acts, and what they do. */
export function errorAdvice(error: LtiError | ProfileInvalid, place: ErrorPlace): StepAdvice {
  const { words } = place;
  switch (error.code) {
    case "lti.platform_unavailable":
    case "lti.unknown_outcome":
      return unavailableAdvice(error as PlatformUnavailable, place);
    case "lti.access_denied":
      return deniedAdvice(error, place);
    case "lti.wrong_context":
      return {
        cause: `The token is good, but ${words.name} does not connect this tool with the course “${place.course}”.`,
        owner: "instructor",
        fix: `In ${words.name}, ${words.addToCourse}. If it was taken out for good, archive the course here.`,
      };
    case "lti.insufficient_scope":
    case "lti.scope_mismatch":
      return {
        cause: `${words.name} asks for a scope that the token does not have.`,
        owner: "platform_admin",
        fix: `In ${words.name} (${words.place}), switch on “${switchFor(words, neededScope(error, place))}”.`,
      };
    case "lti.access_token_rejected":
      return {
        cause: "The platform turned down a token that it issued a moment ago.",
        owner: "platform_admin",
        fix: `Look in ${words.name} (${words.place}) whether the tool was switched off meanwhile, and whether all its servers share one clock and one store.`,
      };
    case "lti.resource_gone":
      return {
        cause: `${words.name} no longer has what this address stood for: the course “${place.course}” was deleted, or restored under another address.`,
        owner: "rollbook_operator",
        fix: "Launch the tool once from the course so that its addresses are read anew, or archive the course here.",
      };
    default:
      return replyAdvice(error, place);
  }
}

/** Replies that say nothing of rights: too many, too odd, or from somewhere else. */
function replyAdvice(error: LtiError | ProfileInvalid, { words, step }: ErrorPlace): StepAdvice {
  switch (error.code) {
    case "lti.rate_limited":
      return {
        cause: "The platform was asked too much in a short time, by Rollbook or by another tool.",
        owner: "nobody",
        fix: `Test again after ${error.retryAt.toISOString().slice(11, 19)} UTC; runs wait by themselves.`,
      };
    case "lti.redirect_refused":
      return {
        cause: `The address leads on to ${error.to}, where Rollbook does not follow: ${error.reason}.`,
        owner: "rollbook_operator",
        fix: "Enter the address that it leads to, if that is the platform’s own.",
      };
    case "lti.address_refused":
      return {
        cause: `${error.host} is on a private network, which this installation does not reach.`,
        owner: "rollbook_operator",
        fix: "Set ROLLBOOK_ALLOW_PRIVATE_NETWORK=on where Rollbook runs, if this platform is on the campus network.",
      };
    case "lti.token_reply_malformed":
      return {
        cause: error.isPage
          ? "A web page answered instead of the token endpoint, often a sign-in page or a proxy’s notice."
          : "The reply is no OAuth token reply (RFC 6749 §5.1).",
        owner: "rollbook_operator",
        fix: `Compare the token endpoint with ${words.tokenEndpointField} in ${words.name}; if it is right, show the reply to whoever runs it.`,
      };
    default:
      return otherAdvice(error, { words, step });
  }
}

/** What was entered here, the test's own limits, and replies that nobody can read. */
function otherAdvice(error: LtiError | ProfileInvalid, { words, step }: ErrorPlace): StepAdvice {
  switch (error.code) {
    case "lti.registration_invalid":
    case "lti.endpoint_invalid":
    case "platform.profile_invalid":
      return {
        cause: `What was entered cannot work: ${error.field} ${error.reason}.`,
        owner: "rollbook_operator",
        fix: "Correct it, then test again.",
      };
    case "lti.signing_key_invalid":
      return {
        cause: "Our signing key is damaged, or sealed with another secret.",
        owner: "rollbook_operator",
        fix: "Check that ROLLBOOK_SECRET is the one the data was made with.",
      };
    case "lti.request_cancelled":
      return {
        cause: "The test ran out of its time.",
        owner: "nobody",
        fix: "Test again; if it stays slow, look at the platform’s load.",
      };
    default:
      return {
        cause: `The reply of ${words.name} does not have the form that the specification demands.`,
        owner: step === "platform_jwks" ? "platform_admin" : "platform_vendor",
        fix: `Show these words to whoever runs ${words.name}, and to its vendor.`,
      };
  }
}

function unavailableAdvice(error: PlatformUnavailable, { words }: ErrorPlace): StepAdvice {
  const host = error.url && URL.canParse(error.url) ? new URL(error.url).host : words.name;
  const fault = networkFaultOf(error.cause);
  if (fault) return networkAdvice(fault, host) ?? timeoutAdvice(host);
  if (error.status === undefined) return timeoutAdvice(host);
  return {
    cause: `${words.name}, or a proxy before it, failed inside (status ${error.status}).`,
    owner: "platform_admin",
    fix: `Test again in a few minutes; if it stays, the error log of ${words.name} tells why. Runs go on by themselves once it is well.`,
  };
}

function timeoutAdvice(host: string): StepAdvice {
  return networkAdvice({ code: "ETIMEDOUT", words: "" }, host)!;
}

function deniedAdvice(error: AccessDenied, place: ErrorPlace): StepAdvice {
  const { words, course } = place;
  switch (error.hint) {
    case "authorization_header_lost":
      return {
        cause: `The Authorization header was lost between us and ${words.name}: a web server or proxy before it strips it.`,
        owner: "platform_admin",
        fix: 'Let the web server pass the header on; for Apache before PHP: CGIPassAuth On, or SetEnvIf Authorization "(.*)" HTTP_AUTHORIZATION=$1.',
      };
    case "course_unavailable":
      return {
        cause: `The course “${course}” is not open: unpublished, concluded or hidden.`,
        owner: "instructor",
        fix: `In ${words.name}, ${words.openCourse}; services stay shut until then.`,
      };
    case "tool_disabled":
      return {
        cause: "The tool was switched off in the platform.",
        owner: "platform_admin",
        fix: `In ${words.name} (${words.place}), ${words.enable}.`,
      };
    case "user_agent_required":
      return {
        cause: "Our User-Agent header did not arrive; a proxy on the way removes it.",
        owner: "rollbook_operator",
        fix: "Let the outgoing proxy pass the User-Agent header on.",
      };
    default:
      return {
        cause: `The token is good, but this tool may not use this service${course ? ` in “${course}”` : ""}.`,
        owner: "platform_admin",
        fix: `In ${words.name} (${words.place}), switch on “${switchFor(words, place.scope ?? "")}”, and check that the tool is deployed where the course is.`,
      };
  }
}

function neededScope(error: LtiError, place: ErrorPlace): string {
  if (error.code === "lti.insufficient_scope" && error.scope) return error.scope;
  if (error.code === "lti.scope_mismatch" && error.missing[0]) return error.missing[0];
  return place.scope ?? "";
}

/** The short name of a scope, for a sentence. */
export function scopeWords(scopes: readonly string[]): string {
  return scopes.map(shortScope).join(", ");
}
