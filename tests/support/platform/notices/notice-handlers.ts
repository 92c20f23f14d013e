import { z } from "zod";
import type { Exchange } from "#tests/support/platform/exchange.ts";
import { jsonReply, refuse, type Reply } from "#tests/support/platform/http/reply.ts";
import type { PlatformState } from "#tests/support/platform/state.ts";
import { NOTICE_SCOPE } from "#tests/support/platform/wire.ts";

const handlerSchema = z.strictObject({
  notice_type: z.enum(["LtiHelloWorldNotice", "LtiContextCopyNotice"]),
  handler: z.union([z.url(), z.literal("")]),
});

/** PNS §3.3: one handler for each type and deployment; an empty one ends it. */
export function noticeHandlers(state: PlatformState, { request, token, json }: Exchange): Reply {
  const isAlive = token && !token.isRevoked && Date.now() < token.expiresAtMs;
  if (!isAlive) throw refuse(401, "invalid_token", "the access token is invalid or expired");
  if (!token.scopes.has(NOTICE_SCOPE)) throw refuse(403, "insufficient_scope", NOTICE_SCOPE);
  const deploymentId = decodeURIComponent(request.url.pathname.split("/")[2] ?? "");
  const { clientId } = token;
  if (request.method === "PUT") {
    const parsed = handlerSchema.safeParse(json);
    if (!parsed.success) throw refuse(400, "invalid_request", JSON.stringify(parsed.error.issues));
    const { notice_type: type, handler } = parsed.data;
    const others = state.noticeHandlers.filter(
      (each) =>
        each.clientId !== clientId || each.deploymentId !== deploymentId || each.type !== type,
    );
    state.noticeHandlers =
      handler === "" ? others : [...others, { clientId, deploymentId, type, handler }];
    return jsonReply(200, parsed.data);
  }
  const own = state.noticeHandlers.filter((each) => each.clientId === clientId);
  return jsonReply(200, { client_id: clientId, deployment_id: deploymentId, notice_handlers: own });
}
