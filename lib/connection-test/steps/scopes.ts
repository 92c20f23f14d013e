import { quoted } from "#lib/advice/advice.ts";
import { isLtiError, TokenRefused } from "#lib/lti/errors.ts";
import type { LtiError } from "#lib/lti/errors.ts";
import type { AccessToken } from "#lib/lti/oauth/access-token.ts";
import type { Registration } from "#lib/lti/registration.ts";
import { brokenWithout, missingScopes, SCOPE, shortScope, uniqueScopes } from "#lib/lti/scopes.ts";
import { CONTEXT_SCOPES } from "#lib/lti/services/services.ts";
import { failed, notReached, passed } from "../outcomes.ts";
import { switchFor } from "#lib/platforms/index.ts";
import type { StepFact, StepOutcome } from "../step.ts";
import type { Visit } from "../subject.ts";

/** Which scopes are granted, which refused, and what does each missing one break? */
export async function examineScopes(visit: Visit): Promise<StepOutcome> {
  const { findings, subject } = visit;
  if (!findings.registration || !(findings.token || findings.isScopeRefused)) {
    return notReached("There is no token to read scopes from.");
  }
  if (findings.isScopeRefused) {
    const stopped = await askSingly(visit, findings.registration);
    if (stopped) return failed(stopped, { subject });
  }
  return judge(visit);
}

/**
 * Asks for each scope alone, then for those that were granted together, so that the last word
 * of the token endpoint is the token that works.
 */
async function askSingly(
  { subject, findings, lti }: Visit,
  registration: Registration,
): Promise<LtiError | undefined> {
  const { asked } = subject.scopes;
  const single: AccessToken[] = [];
  for (const scope of asked.length > 1 ? asked : []) {
    try {
      single.push(await subject.requestToken(registration, [scope], lti));
    } catch (error) {
      if (!isLtiError(error)) throw error;
      if (!(error instanceof TokenRefused && error.error === "invalid_scope")) return error;
    }
  }
  const granted = asked.filter((scope) => single.some((one) => one.grantedScopes.includes(scope)));
  findings.grantedScopes = granted;
  if (granted.length === 0) return undefined;
  try {
    findings.token = await subject.requestToken(registration, granted, lti);
    findings.grantedScopes = [...findings.token.grantedScopes];
    return undefined;
  } catch (error) {
    if (isLtiError(error)) return error;
    throw error;
  }
}

function judge({ subject, findings }: Visit): StepOutcome {
  const { asked, used } = subject.scopes;
  const granted = findings.grantedScopes;
  const missing = missingScopes(asked, granted).filter((scope) => !isCovered(scope, granted));
  const facts = uniqueScopes([...CONTEXT_SCOPES, ...asked]).map((scope): StepFact => ({
    label: shortScope(scope),
    value: wordFor(scope, { asked, granted }),
  }));
  if (missing.length === 0) return passed(`All ${asked.length} scopes are granted.`, { facts });
  const isUsed = missing.some((scope) => used.includes(scope));
  const { words } = subject;
  const switches = new Set(missing.map((scope) => switchFor(words, scope)));
  return {
    state: isUsed || granted.length === 0 ? "failed" : "warned",
    summary: `Not granted: ${missing.map(shortScope).join(", ")}.`,
    advice: {
      cause: `${words.name} does not let this tool use ${missing.length === 1 ? "it" : "them"}: ${missing.map((scope) => brokenWithout(scope) ?? shortScope(scope)).join("; ")}.`,
      owner: "platform_admin",
      fix: `In ${words.name} (${words.place}), switch on ${quoted([...switches])}, then test again.`,
    },
    facts,
  };
}

/** Who may change line items may read them (AGS 2.0 §3.2.2). */
function isCovered(scope: string, granted: readonly string[]): boolean {
  return scope === SCOPE.lineItemReadonly && granted.includes(SCOPE.lineItem);
}

function wordFor(
  scope: string,
  { asked, granted }: { asked: readonly string[]; granted: readonly string[] },
): string {
  if (granted.includes(scope)) return "granted";
  if (!asked.includes(scope)) return "not asked: no course uses it";
  if (isCovered(scope, granted)) return "refused, but covered by lineitem";
  const broken = brokenWithout(scope);
  return broken ? `refused: ${broken}` : "refused";
}
