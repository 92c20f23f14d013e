import * as history from "#lib/operations/tokens/history.ts";
import {
  AssertionView,
  TokenFilter,
  TokenLifeFilter,
  TokenLifePage,
  TokenPage,
  TokenRequestFilter,
  TokenRequestPage,
  TokenView,
} from "#lib/operations/tokens/schema.ts";
import * as tokens from "#lib/operations/tokens/tokens.ts";
import { defineRoute } from "../../route.ts";

const tag = "Tokens";
const result = TokenView;

export const tokenRoutes = [
  defineRoute("GET", "/tokens", {
    id: "listTokens",
    tag,
    summary: "List what is known of each registration's access token",
    description: "The tokens themselves are never shown.",
    query: TokenFilter,
    result: TokenPage,
    operate: tokens.listTokens,
  }),
  defineRoute("GET", "/tokens/{registrationId}", {
    id: "getToken",
    tag,
    summary: "Read what is known of a registration's access token",
    result,
    operate: tokens.getToken,
  }),
  defineRoute("GET", "/tokens/{registrationId}/lives", {
    id: "listTokenLives",
    tag,
    summary: "List the tokens a registration was granted, and the runs that drew on each",
    description: "The tokens themselves are never shown.",
    query: TokenLifeFilter,
    result: TokenLifePage,
    operate: history.listTokenLives,
  }),
  defineRoute("GET", "/tokens/{registrationId}/requests", {
    id: "listTokenRequests",
    tag,
    summary: "List a registration's token requests with their reasons",
    query: TokenRequestFilter,
    result: TokenRequestPage,
    operate: history.listTokenRequests,
  }),
  defineRoute("GET", "/tokens/{registrationId}/assertion", {
    id: "getClientAssertion",
    tag,
    summary: "Read the client assertion of the next token request, decoded",
    description: "Header and claims; the signature is not part of it.",
    result: AssertionView,
    operate: tokens.getClientAssertion,
  }),
  defineRoute("POST", "/tokens/{registrationId}/refresh", {
    id: "refreshToken",
    tag,
    summary: "Request a new token now",
    asksPlatform: true,
    result,
    operate: tokens.refreshToken,
  }),
  defineRoute("DELETE", "/tokens/{registrationId}", {
    id: "dropToken",
    tag,
    summary: "Drop a registration's token from the cache",
    description: "The platform honours it until it expires: dropping does not revoke.",
    result,
    operate: tokens.dropToken,
  }),
];
