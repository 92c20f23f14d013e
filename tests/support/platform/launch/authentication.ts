import type { Exchange } from "#tests/support/platform/exchange.ts";
import { refuse, type Reply } from "#tests/support/platform/http/reply.ts";
import type { PlatformState } from "#tests/support/platform/state.ts";
import { idToken } from "./id-token.ts";
import { postingPage } from "./pages.ts";

const FIXED = {
  scope: "openid",
  response_type: "id_token",
  response_mode: "form_post",
  prompt: "none",
} as const;

/** Security Framework §5.1.1.2: checks the tool's request and posts the launch by the browser. */
export async function authentication(state: PlatformState, exchange: Exchange): Promise<Reply> {
  const { request, facts } = exchange;
  const asked =
    request.method === "POST" ? new URLSearchParams(request.body) : request.url.searchParams;
  for (const [name, value] of Object.entries(FIXED)) {
    if (asked.get(name) !== value) throw refuse(400, "invalid_request", `${name} must be ${value}`);
  }
  const hint = asked.get("login_hint") ?? "";
  const plan = state.launches.get(hint);
  if (!plan) throw refuse(400, "invalid_request", "no launch was started with this login_hint");
  const registration = state.registrations.get(plan.clientId);
  if (asked.get("client_id") !== plan.clientId || !registration) {
    throw refuse(400, "unauthorized_client", "client_id is not the launch's");
  }
  if (asked.get("redirect_uri") !== registration.launchUrl) {
    throw refuse(400, "invalid_request", "redirect_uri is not registered");
  }
  if (asked.get("lti_message_hint") !== `hint=${hint}&mark=ä+%2B`) {
    throw refuse(400, "invalid_request", "lti_message_hint came back changed");
  }
  const [nonce, given] = [asked.get("nonce"), asked.get("state")];
  if (!nonce || !given) throw refuse(400, "invalid_request", "nonce and state are required");
  state.launches.delete(hint);
  const as = state.faults.take("launch_reply", { ...facts, clientId: plan.clientId })?.as;
  const launched = { ...facts, clientId: plan.clientId, contextId: plan.contextId };
  const token = await idToken(state, { plan, nonce, facts: launched });
  if (as === "error") {
    return postingPage(registration.launchUrl ?? "", { error: "login_required", state: given });
  }
  return postingPage(registration.launchUrl ?? "", {
    ...(as !== "no_state" && { state: as === "other_state" ? "made-up" : given }),
    ...(as !== "no_id_token" && { id_token: token }),
    ...(plan.storage && { lti_storage_target: "_parent" }),
  });
}
