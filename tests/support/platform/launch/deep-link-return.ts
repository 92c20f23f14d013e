import { compactVerify } from "jose";
import type { Exchange } from "#tests/support/platform/exchange.ts";
import { refuse, type Reply } from "#tests/support/platform/http/reply.ts";
import { issuerOf, type PlatformState } from "#tests/support/platform/state.ts";
import { CLAIM } from "#tests/support/platform/wire.ts";
import { escape, page } from "./pages.ts";

type Response = { iss?: string; aud?: string; exp?: number; [claim: string]: unknown };

/** Deep Linking 2.0 §4.5: takes a signed answer and keeps its content items. */
export async function deepLinkReturn(state: PlatformState, { request }: Exchange): Promise<Reply> {
  const jwt = new URLSearchParams(request.body).get("JWT") ?? "";
  const claims = await verified(state, jwt);
  const bad = (words: string) => refuse(400, "invalid_request", words);
  if (claims.aud !== issuerOf(state)) throw bad("aud is not this platform");
  if ((claims.exp ?? 0) < Date.now() / 1000) throw bad("the answer has expired");
  if (claims[CLAIM.messageType] !== "LtiDeepLinkingResponse")
    throw bad("not a deep linking answer");
  if (claims[CLAIM.version] !== "1.3.0") throw bad("not version 1.3.0");
  if (claims[CLAIM.deepLinkingData] !== `for ${claims.iss}`) throw bad("data came back changed");
  const items = claims[CLAIM.contentItems];
  if (!Array.isArray(items)) throw bad("content_items is not a list");
  state.contentItems.push(...(items as unknown[]));
  return page(
    "Links",
    `<p>Links added: ${items.length}</p><pre>${escape(JSON.stringify(items, null, 2))}</pre>`,
  );
}

async function verified(state: PlatformState, jwt: string): Promise<Response> {
  try {
    const claims = JSON.parse(
      Buffer.from(jwt.split(".")[1] ?? "", "base64url").toString(),
    ) as Response;
    const registration = state.registrations.get(String(claims.iss));
    if (!registration) throw new Error("unknown client");
    const header = JSON.parse(Buffer.from(jwt.split(".")[0] ?? "", "base64url").toString()) as {
      kid: string;
    };
    const keys = await state.toolKeys.forKey(registration.jwksUrl, header.kid, { refetch: false });
    await compactVerify(jwt, keys, { algorithms: ["RS256"] });
    return claims;
  } catch {
    throw refuse(400, "invalid_request", "the answer's signature is not the tool's");
  }
}
