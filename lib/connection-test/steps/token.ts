import { isLtiError, TokenRefused } from "#lib/lti/errors.ts";
import type { LtiError, PlatformUnavailable } from "#lib/lti/errors.ts";
import type { AccessToken } from "#lib/lti/oauth/access-token.ts";
import type { Registration } from "#lib/lti/registration.ts";
import { failed, notReached, passed } from "../outcomes.ts";
import type { StepOutcome } from "../step.ts";
import type { Visit } from "../subject.ts";
import { doubtsAudience } from "#lib/advice/index.ts";

/** Does the token endpoint give us a token for every scope at once? It is truly asked. */
export async function examineToken(visit: Visit): Promise<StepOutcome> {
  const { subject, findings, lti } = visit;
  const { registration } = findings;
  if (!registration) return notReached("There is no client assertion to ask with.");
  if (findings.unusableAddresses.has("tokenEndpoint")) {
    return notReached("The token endpoint cannot be reached.");
  }
  try {
    const token = await subject.requestToken(registration, subject.scopes.asked, lti);
    findings.token = token;
    findings.grantedScopes = [...token.grantedScopes];
    return passed(`The platform gave a token for ${lifetimeOf(token)}.`, {
      facts: [{ label: "expires", value: token.expiresAt.toISOString() }],
    });
  } catch (error) {
    if (!isLtiError(error)) throw error;
    return error instanceof TokenRefused
      ? refused(error, visit)
      : failed(error, { subject }, audienceDoubt(error, registration));
  }
}

function refused(error: TokenRefused, { subject, findings }: Visit): StepOutcome {
  const outcome = failed(
    error,
    { subject, keySet: keySetOf(findings.states.tool_jwks) },
    { doubtsAudience: doubtsAudience(error, subject.words) },
  );
  if (error.error !== "invalid_scope") return outcome;
  findings.isScopeRefused = true;
  return {
    ...outcome,
    state: "warned",
    summary: "The platform knows us, but refused the request for the sake of a scope.",
  };
}

/** What our own look at our key set found, as far as it explains a refusal. */
function keySetOf(state: Visit["findings"]["states"]["tool_jwks"]): "bad" | "private" | undefined {
  if (state === "skipped") return "private";
  return state === "failed" || state === "warned" ? "bad" : undefined;
}

/** Brightspace answers a list of audiences with status 500 (oat-sa/lib-lti1p3-core#187). */
function audienceDoubt(error: LtiError, { audience }: Registration): Partial<StepOutcome> {
  const status = (error as PlatformUnavailable).status ?? 0;
  if (typeof audience === "string" || audience.length < 2 || status < 500) return {};
  return {
    advice: {
      cause: "Some platforms, Brightspace among them, fail inside when the audience is a list.",
      owner: "operator",
      fix: "Set one audience on the registration, or let Rollbook try the others.",
    },
    doubtsAudience: true,
  };
}

function lifetimeOf({ obtainedAt, expiresAt }: AccessToken): string {
  const seconds = Math.round((expiresAt.getTime() - obtainedAt.getTime()) / 1_000);
  return seconds < 120 ? `${seconds} seconds` : `${Math.round(seconds / 60)} minutes`;
}
