import type { Exchange } from "#tests/support/platform/exchange.ts";
import type { FaultOf } from "#tests/support/platform/faults/faults.ts";
import { htmlReply, jsonReply, type Reply } from "#tests/support/platform/http/reply.ts";
import type { PlatformState } from "#tests/support/platform/state.ts";
import { MEDIA } from "#tests/support/platform/wire.ts";
import type { IssuedToken } from "./tokens.ts";

type Granted = { token: IssuedToken; saidSec: number };

/** The token reply, with the variants that platforms are known to send. */
export function tokenReply(state: PlatformState, { facts }: Exchange, granted: Granted): Reply {
  const { faults } = state;
  const body = faults.take("token_reply_body", facts)?.as;
  const fields = {
    ...(body === "no_access_token" ? {} : { access_token: granted.token.value }),
    ...tokenType(faults.take("token_type_reply", facts)?.as),
    ...expiresIn(faults.take("expires_in_reply", facts)?.as, granted.saidSec),
    ...scope(faults.take("scope_in_reply", facts)?.as, [...granted.token.scopes]),
  };
  if (body === "html") return htmlReply(200, "Sign in");
  const reply = jsonReply(200, body === "array" ? [fields] : fields, MEDIA.json, {
    "Cache-Control": "no-store",
  });
  return body === "truncated" ? { ...reply, body: reply.body.slice(0, -20) } : reply;
}

function tokenType(as?: FaultOf<"token_type_reply">["as"]): Record<string, unknown> {
  if (as === "absent") return {};
  if (as === "misspelt") return { token_tyoe: "Bearer" };
  return { token_type: as ?? "Bearer" };
}

function expiresIn(
  as: FaultOf<"expires_in_reply">["as"] | undefined,
  seconds: number,
): Record<string, unknown> {
  if (as === "absent") return {};
  const variants = {
    string: String(seconds),
    garbage: "soon",
    negative: -1,
    null: null,
    float: seconds - 0.5,
  };
  return { expires_in: as === undefined ? seconds : variants[as] };
}

function scope(
  as: FaultOf<"scope_in_reply">["as"] | undefined,
  scopes: string[],
): Record<string, unknown> {
  if (as === "omitted") return {};
  const variants = { empty: "", list: scopes, null: null };
  return { scope: as === undefined ? scopes.join(" ") : variants[as] };
}
