import { switchesOf, switchFor } from "#lib/platforms/index.ts";
import { quoted, type Advice, type Entry, type Known } from "../advice.ts";
import { accessDenied } from "./access-denied.ts";
import { networkAdvice } from "./network.ts";
import { tokenRefused } from "./token-refused.ts";

/** What went wrong between the platform and us, by code. */
export const PLATFORM_ADVICE = {
  "lti.token_refused": tokenRefused,
  "lti.token_reply_malformed": ({ words, detail }) => ({
    title: "The token reply cannot be used",
    cause: detail?.["isPage"]
      ? "A web page answered instead of the token endpoint, often a sign-in page or a proxy’s notice."
      : "The reply is no OAuth token reply (RFC 6749 §5.1).",
    owner: "operator",
    fix: `Compare the token endpoint with ${words.tokenEndpointField} in ${words.name}; if it is right, show the reply to whoever runs it.`,
  }),
  "lti.scope_mismatch": (about) => missingScope("The token lacks a scope", about),
  "lti.insufficient_scope": (about) =>
    missingScope("The platform asks for a scope that the token lacks", about),
  "lti.access_denied": accessDenied,
  "lti.wrong_context": ({ words, courseWords }) => ({
    title: "The tool is not in this course",
    cause: `The token is good, but ${words.name} does not connect this tool with ${courseWords}.`,
    owner: "instructor",
    fix: `In ${words.name}, ${words.addToCourse}. If it was taken out for good, archive the course here.`,
  }),
  "lti.access_token_rejected": ({ words, isTest }) => ({
    title: "The platform stopped accepting the token",
    cause: isTest
      ? "The platform turned down a token that it issued a moment ago."
      : "The token was revoked before its time, and its replacement was turned down as well.",
    owner: "platform_admin",
    fix: `Look in ${words.name} (${words.place}) whether the tool was switched off meanwhile, and whether all its servers share one clock and one store.`,
  }),
  "lti.access_token_expired": {
    title: "The access token is past its time",
    cause: "It expired before it was renewed.",
    fix: "Retry; a new token is requested first.",
    owner: "nobody",
  },
  "lti.rate_limited": ({ isTest, detail }) => ({
    title: "The platform asked us to slow down",
    cause: "The platform was asked too much in a short time, by Rollbook or by another tool.",
    owner: "nobody",
    fix:
      isTest && detail?.["retryAt"] instanceof Date
        ? `Test again after ${detail["retryAt"].toISOString().slice(11, 19)} UTC; runs wait by themselves.`
        : "Nothing to do: the work goes on when the platform allows it.",
  }),
  "lti.platform_unavailable": (about) => unavailable("The platform did not answer", about),
  "lti.unknown_outcome": (about) =>
    about.isTest
      ? unavailable("It is not known whether the platform took this", about)
      : {
          title: "It is not known whether the platform took this",
          cause: "The connection broke after the request was sent.",
          fix: "Retry: the newest timestamp wins on the platform, so nothing counts twice.",
          owner: "operator",
        },
  "lti.service_not_offered": ({ words, courseWords }) => ({
    title: "The platform offers no such service here",
    cause: `The launch of ${courseWords} announced no address for it.`,
    owner: "platform_admin",
    fix: `In ${words.name} (${words.place}), switch on ${quoted(switchesOf(words))}, then launch the tool once from the course.`,
  }),
  "lti.request_rejected": (about) =>
    about.isTest
      ? unreadable("The platform turned this down")(about)
      : {
          title: "The platform turned this down",
          cause: "Often the person cannot be graded there, or has left the course.",
          fix: "Read the platform's words, put the score or the enrolment right, and resend.",
          owner: "operator",
        },
  "lti.timestamp_conflict": {
    title: "The platform holds a newer score",
    cause: "Somebody, or another tool, wrote a later result.",
    fix: "Look at the result in the platform; send the score again only if it should replace it.",
    owner: "operator",
  },
  "lti.resource_gone": ({ words, course, isTest }) =>
    isTest
      ? {
          title: "The platform no longer has this",
          cause: `${words.name} no longer has what this address stood for: the course “${course}” was deleted, or restored under another address.`,
          owner: "operator",
          fix: "Launch the tool once from the course so that its addresses are read again, or archive the course here.",
        }
      : {
          title: "The platform no longer has this",
          cause: "The column or the course was deleted there.",
          owner: "operator",
          fix: "Launch the tool once from the course so that its addresses are read again, import the line items again, or archive the course.",
        },
  "lti.response_malformed": unreadable("The platform's reply cannot be read"),
  "lti.next_page_unsafe": (about) => ({
    ...unreadable("The next page leads elsewhere")(about),
    ...(!about.isTest && {
      cause: "A page link points to another address, where the token must not go.",
      fix: "Copy this for the platform's support. Nobody was removed.",
    }),
  }),
  "lti.redirect_refused": ({ fact }) => ({
    title: "A redirect was not followed",
    cause: fact("to")
      ? `The address leads on to ${fact("to")}, where Rollbook does not follow: ${fact("reason")}.`
      : "It leads to another address, where the token must not go.",
    owner: "operator",
    fix: "Enter the address that it leads to, if that is the platform’s own.",
  }),
  "lti.address_refused": ({ fact }) => ({
    title: "This address may not be reached",
    cause: `${fact("host") || "The address"} is on a private network, which this installation does not reach.`,
    owner: "rollbook",
    fix: "Set ROLLBOOK_ALLOW_PRIVATE_NETWORK=on where Rollbook runs, if this platform is on the campus network.",
  }),
  "lti.launch_refused": {
    title: "The launch was refused",
    cause: "What the platform sent does not pass the check that is named.",
    fix: "Compare issuer, client ID and addresses with what the LMS shows, then launch again.",
    owner: "platform_admin",
  },
  "lti.content_item_not_accepted": {
    title: "The platform does not accept such a link here",
    cause: "Where it asked for something to link, it takes other kinds of items.",
    fix: "Start from the place in the LMS where links to tools are added.",
    owner: "platform_admin",
  },
  "lti.dynamic_registration_refused": {
    title: "The platform cannot be registered with",
    cause: "What it says of itself does not pass the check that is named.",
    fix: "Copy this for the platform's support, or connect the LMS by hand.",
    owner: "platform_vendor",
  },
} satisfies Record<string, Entry>;

function missingScope(title: string, about: Known): Advice {
  const { words, fact, scope = "", isTest } = about;
  const needed = fact("scope") || fact("missing") || scope;
  const then = isTest
    ? ""
    : " Then sync again: a minute later a sync asks for it by itself, and “Refresh now” at the registration’s token does so at once.";
  return {
    title,
    cause: `${words.name} asks for a scope that the token does not have.`,
    owner: "platform_admin",
    fix: needed
      ? `In ${words.name} (${words.place}), switch on “${switchFor(words, needed)}”.${then}`
      : `In ${words.name} (${words.place}), switch on ${quoted(switchesOf(words))}.${then}`,
  };
}

function unavailable(title: string, about: Known): Advice {
  const { words, fault, isTest, fact } = about;
  const url = fact("url");
  const host = URL.canParse(url) ? new URL(url).host : words.name;
  const status = fact("status");
  if (status && !fault) {
    return {
      title,
      cause: `${words.name}, or a proxy before it, failed inside (status ${status}).`,
      owner: isTest ? "platform_admin" : "nobody",
      fix: isTest
        ? `Test again in a few minutes; if it stays, the error log of ${words.name} tells why. Runs go on by themselves once it is well.`
        : `Rollbook tries again by itself. If it lasts, the error log of ${words.name} tells why.`,
    };
  }
  const slow = { code: "ETIMEDOUT", words: "" };
  const network = networkAdvice(fault ?? slow, host) ?? networkAdvice(slow, host)!;
  if (isTest) return { title, ...network };
  return {
    title,
    cause: "The network, a timeout, or a fault inside the platform.",
    owner: "nobody",
    fix: "Rollbook tries again by itself. If it lasts, run the connection test: it says where the way ends.",
  };
}

function unreadable(title: string): (about: Known) => Advice {
  return ({ words, isTest }) => ({
    title,
    cause: isTest
      ? `The reply of ${words.name} does not have the form that the specification demands.`
      : "It does not have the form that the specification demands.",
    owner: "platform_vendor",
    fix: `Show these words to whoever runs ${words.name}, and to its vendor.`,
  });
}
