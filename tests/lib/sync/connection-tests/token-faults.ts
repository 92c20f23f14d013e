import { SCOPE } from "#tests/support/platform/index.ts";
import type { Fault } from "./fault.ts";

const { score, lineItem, resultReadonly } = {
  score: SCOPE.score,
  lineItem: SCOPE.lineItem,
  resultReadonly: SCOPE.resultReadonly,
};

/** The token endpoint and the scopes. */
export const TOKEN_FAULTS: Fault[] = [
  {
    fault: "`invalid_client`: the audience is another",
    arrange: ({ platform }) =>
      platform.misbehave({ kind: "require_audience", audiences: ["issuer"] }),
    step: "token",
    state: "failed",
    owner: "operator",
    names: /addressed to another audience/,
    isProbeOffered: true,
  },
  {
    fault: "`invalid_client` without a word",
    arrange: ({ platform }) => platform.misbehave({ kind: "token_error" }),
    step: "token",
    state: "failed",
    owner: "platform_admin",
    names: /does not say why/,
    isProbeOffered: true,
  },
  {
    fault: "The platform cannot fetch our keys",
    arrange: async (stage) => stage.registerAgain({ jwksUrl: await stage.closedAddress() }),
    step: "token",
    state: "failed",
    owner: "operator",
    names: /could not read our keys/,
  },
  {
    fault: "The platform holds other keys of ours",
    arrange: async (stage) => stage.registerAgain({ jwksUrl: await stage.otherKeys() }),
    step: "token",
    state: "failed",
    owner: "platform_admin",
    names: /fetched other keys than ours/,
  },
  {
    fault: "The client ID is another",
    profile: "blackboard",
    arrange: (stage) => stage.enter({ clientId: "unknown-here" }),
    step: "token",
    state: "failed",
    owner: "platform_admin",
    names: /no active tool with this client ID/,
  },
  {
    fault: "Another `typ` of the assertion is demanded",
    arrange: ({ platform }) => platform.misbehave({ kind: "require_assertion_typ" }),
    step: "token",
    state: "failed",
    owner: "operator",
    names: /another typ/,
  },
  {
    fault: "A list of audiences is answered with status 500",
    profile: "brightspace",
    arrange: async (stage) => {
      await stage.platform.misbehave({ kind: "audience_array_breaks" });
      const { issuer, tokenEndpoint } = stage.registration;
      await stage.enter({ audience: "custom", audienceValues: [issuer, tokenEndpoint] });
    },
    step: "token",
    state: "failed",
    owner: "operator",
    names: /when the audience is a list/,
    isProbeOffered: true,
  },
  {
    fault: "The token endpoint shows a sign-in page",
    profile: "moodle",
    arrange: ({ platform }) => platform.misbehave({ kind: "token_reply_body", as: "html" }),
    step: "token",
    state: "failed",
    owner: "operator",
    names: /a web page answered/i,
  },
  {
    fault: "Moodle cannot fetch our keys and shows a page for it",
    profile: "moodle",
    arrange: async ({ platform }) => {
      await platform.misbehave({ kind: "site_pages" });
      await platform.misbehave({ kind: "error_page", route: "token", status: 404, title: "Error" });
    },
    step: "token",
    state: "failed",
    owner: "platform_admin",
    names: /cannot fetch our keys from http\S+jwks/,
  },
  {
    fault: "Moodle does not know the client ID",
    profile: "moodle",
    arrange: ({ platform }) => platform.misbehave({ kind: "token_error" }),
    step: "token",
    state: "failed",
    owner: "operator",
    names: /knows no tool with the client ID/,
  },
  {
    fault: "The token endpoint is elsewhere: a redirect to another host",
    arrange: ({ platform }) =>
      platform.misbehave({ kind: "redirect", route: "token", to: "cross_origin" }),
    step: "token",
    state: "failed",
    owner: "operator",
    names: /does not follow: it leads to another origin/,
  },
  {
    fault: "The address is no token endpoint",
    arrange: ({ platform }) =>
      platform.misbehave({ kind: "error_page", route: "token", status: 404, title: "Not Found" }),
    step: "token",
    state: "failed",
    owner: "operator",
    names: /not the platform’s token endpoint/,
  },
  {
    fault: "The token endpoint fails inside",
    arrange: ({ platform }) =>
      platform.misbehave({ kind: "error_page", route: "token", status: 503, title: "Maintenance" }),
    step: "token",
    state: "failed",
    owner: "platform_admin",
    names: /failed inside \(status 503\)/,
  },
  {
    fault: "The token endpoint asks us to slow down",
    arrange: ({ platform }) =>
      platform.misbehave({ kind: "rate_limited", route: "token", retryAfterSec: 30 }),
    step: "token",
    state: "failed",
    owner: "nobody",
    names: /asked too much/,
  },
  {
    fault: "The token endpoint does not answer in time",
    arrange: ({ platform }) => platform.misbehave({ kind: "delay", route: "token", ms: 11_000 }),
    step: "token",
    state: "failed",
    owner: "platform_admin",
    names: /did not answer in time/,
  },
  {
    fault: "`invalid_scope`: one scope is not switched on",
    arrange: async (stage) => {
      await stage.platform.misbehave({ kind: "strict_scopes" });
      await stage.registerAgain({ without: [score] });
    },
    step: "scopes",
    state: "failed",
    owner: "platform_admin",
    names: /grades cannot be sent/,
  },
  {
    fault: "Scopes are withheld without a word",
    profile: "moodle",
    arrange: ({ platform }) =>
      platform.misbehave({ kind: "withhold_scopes", scopes: [lineItem, resultReadonly] }),
    step: "scopes",
    state: "failed",
    owner: "platform_admin",
    names: /line items cannot be created; a lost answer cannot be looked up/,
  },
];
