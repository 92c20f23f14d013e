import { TokenList, TokenView } from "#lib/operations/tokens/schema.ts";
import * as tokens from "#lib/operations/tokens/tokens.ts";
import { defineRoute } from "../route.ts";

const tag = "Tokens";
const result = TokenView;

export const tokenRoutes = [
  defineRoute("GET", "/tokens", {
    id: "listTokens",
    tag,
    summary: "List what is known of each registration's access token",
    description: "The tokens themselves are never shown.",
    result: TokenList,
    operate: (caller) => tokens.listTokens(caller),
  }),
  defineRoute("GET", "/tokens/{registrationId}", {
    id: "getToken",
    tag,
    summary: "Read what is known of a registration's access token",
    result,
    operate: tokens.getToken,
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
