import type { Advice } from "./advice.ts";

/** What went wrong between the platform and us, by code. */
export const PLATFORM_ADVICE = {
  "lti.token_refused": {
    title: "The platform refused an access token",
    cause:
      "Usually the key: the platform cannot fetch our key URL or keeps an old copy. Otherwise the client ID, the audience, or a tool that is switched off there.",
    fix: "Compare the client ID and the key URL with the platform's entry, then run the connection test: it tries each step alone.",
    owner: "platform_admin",
  },
  "lti.token_reply_malformed": {
    title: "The token reply cannot be used",
    cause: "The token endpoint answered with something that is no OAuth token reply.",
    fix: "Check that the token endpoint is the right address; a login page in its place is common.",
    owner: "platform_admin",
  },
  "lti.scope_mismatch": {
    title: "The token lacks a scope",
    cause: "The platform granted fewer scopes than this work needs.",
    fix: "Switch on the missing service for this tool in the platform, then refresh the token.",
    owner: "platform_admin",
  },
  "lti.insufficient_scope": {
    title: "The platform asks for a scope that the token lacks",
    cause: "The service was switched off, or on, after the token was issued.",
    fix: "Check the tool's services in the platform, then refresh the token.",
    owner: "platform_admin",
  },
  "lti.access_denied": {
    title: "The platform denied access",
    cause: "The token is good, but this tool may not use this service here.",
    fix: "Check that the tool is placed in the course and its services are on.",
    owner: "platform_admin",
  },
  "lti.wrong_context": {
    title: "The tool is not in this course",
    cause: "The platform does not connect the tool with the course that was asked for.",
    fix: "Add the tool to the course, or archive the course here.",
    owner: "platform_admin",
  },
  "lti.access_token_rejected": {
    title: "The platform stopped accepting the token",
    cause: "The token was revoked before its time, and its replacement was turned down as well.",
    fix: "Check that the tool is still switched on in the platform, then refresh the token.",
    owner: "platform_admin",
  },
  "lti.access_token_expired": {
    title: "The access token is past its time",
    cause: "It expired before it was renewed.",
    fix: "Retry; a new token is requested first.",
    owner: "nobody",
  },
  "lti.rate_limited": {
    title: "The platform asked us to slow down",
    cause: "Too many requests in a short time.",
    fix: "Nothing to do: the work goes on when the platform allows it.",
    owner: "nobody",
  },
  "lti.platform_unavailable": {
    title: "The platform did not answer",
    cause: "The network, a timeout, or a fault inside the platform.",
    fix: "Rollbook tries again by itself. If it lasts, check the platform's status page.",
    owner: "nobody",
  },
  "lti.unknown_outcome": {
    title: "It is not known whether the platform took this",
    cause: "The connection broke after the request was sent.",
    fix: "Retry: the newest timestamp wins on the platform, so nothing counts twice.",
    owner: "operator",
  },
  "lti.service_not_offered": {
    title: "The platform offers no such service here",
    cause: "The launch of this course announced no address for it.",
    fix: "Switch the service on for this tool, then enter its address on the course.",
    owner: "platform_admin",
  },
  "lti.request_rejected": {
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
  "lti.resource_gone": {
    title: "The platform no longer has this",
    cause: "The column or the course was deleted there.",
    fix: "Import the line items again, or archive the course.",
    owner: "operator",
  },
  "lti.response_malformed": {
    title: "The platform's reply cannot be read",
    cause: "It does not have the form that the specification demands.",
    fix: "Copy this for the platform's support.",
    owner: "platform_vendor",
  },
  "lti.next_page_unsafe": {
    title: "The next page leads elsewhere",
    cause: "A page link points to another address, where the token must not go.",
    fix: "Copy this for the platform's support. Nobody was removed.",
    owner: "platform_vendor",
  },
  "lti.redirect_refused": {
    title: "A redirect was not followed",
    cause: "It leads to another address, where the token must not go.",
    fix: "Enter the address that it leads to, if it is the platform's own.",
    owner: "operator",
  },
  "lti.address_refused": {
    title: "This address may not be reached",
    cause: "It lies on a private network.",
    fix: "Set ROLLBOOK_ALLOW_PRIVATE_NETWORK if the platform is on a campus network.",
    owner: "rollbook",
  },
  "lti.launch_refused": {
    title: "The launch was refused",
    cause: "What the platform sent does not pass the check that is named.",
    fix: "Compare issuer, client ID and addresses with what the LMS shows, then launch again.",
    owner: "platform_admin",
  },
  "lti.dynamic_registration_refused": {
    title: "The platform cannot be registered with",
    cause: "What it says of itself does not pass the check that is named.",
    fix: "Copy this for the platform's support, or connect the LMS by hand.",
    owner: "platform_vendor",
  },
} satisfies Record<string, Advice>;
