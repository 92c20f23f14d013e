import type { Exchange } from "#tests/support/platform/exchange.ts";
import { refuse } from "#tests/support/platform/http/reply.ts";
import type { PlatformRegistration, PlatformState } from "#tests/support/platform/state.ts";

/** What of the asked scopes the registration gets; nothing at all is refused. */
export function grantScopes(
  state: PlatformState,
  { form, facts }: Exchange,
  { allowedScopes }: PlatformRegistration,
): string[] {
  const asked = [...new Set((form?.get("scope") ?? "").split(" ").filter((scope) => scope !== ""))];
  if (asked.length === 0) throw refuse(400, "invalid_scope", "no scope was asked for");
  const allowed = asked.filter((scope) => allowedScopes.includes(scope));
  const isRefusedWhole = state.faults.take("strict_scopes", facts) !== undefined;
  if (allowed.length === 0 || (isRefusedWhole && allowed.length < asked.length)) {
    const unknown = asked.filter((scope) => !allowedScopes.includes(scope));
    throw refuse(400, "invalid_scope", `not registered: ${unknown.join(" ")}`);
  }
  const withheld = state.faults.take("withhold_scopes", facts)?.scopes ?? [];
  return allowed.filter((scope) => !withheld.includes(scope));
}
