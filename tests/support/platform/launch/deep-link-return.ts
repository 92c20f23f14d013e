import { compactVerify } from "jose";
import type { Exchange } from "#tests/support/platform/exchange.ts";
import { refuse, type Reply } from "#tests/support/platform/http/reply.ts";
import { issuerOf, type PlatformState } from "#tests/support/platform/state.ts";
import { CLAIM } from "#tests/support/platform/wire.ts";
import type { Course } from "#tests/support/platform/course.ts";
import { readLineItem } from "#tests/support/platform/grades/line-item-body.ts";
import { contextOfDeepLinking } from "./deep-linking-data.ts";
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
  const contextId = contextOfDeepLinking(claims[CLAIM.deepLinkingData], String(claims.iss));
  if (contextId === undefined) throw bad("data came back changed");
  const items = claims[CLAIM.contentItems];
  if (!Array.isArray(items)) throw bad("content_items is not a list");
  state.contentItems.push(...(items as unknown[]));
  for (const item of items) addColumn(state.courses.get(contextId), item);
  return page(
    "Links",
    `<p>Links added: ${items.length}</p><pre>${escape(JSON.stringify(items, null, 2))}</pre>`,
  );
}

type Item = {
  type?: string;
  title?: string;
  lineItem?: object;
  custom?: Record<string, string>;
};

/** A link that comes with a line item has a column from the start (Deep Linking 2.0 §3.2). */
function addColumn(course: Course | undefined, item: unknown): void {
  if (!course || typeof item !== "object" || item === null) return;
  const { type, title, lineItem, custom = {} } = item as Item;
  if (type !== "ltiResourceLink" || !lineItem) return;
  const fields = readLineItem({ label: title ?? "Link", ...lineItem });
  const id = `link-${course.input.resourceLinks.length + 1}`;
  course.input.resourceLinks.push({ id, title, custom });
  course.addLineItem({ ...fields, resourceLinkId: id });
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
