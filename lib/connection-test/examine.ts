import { RequestCancelled } from "#lib/lti/errors.ts";
import type { Exchange, LtiOptions } from "#lib/lti/options.ts";
import { notReached } from "./outcomes.ts";
import { STEP_KEYS, toStep, waitingStep } from "./step.ts";
import type { Step, StepKey, StepOutcome } from "./step.ts";
import { examineAssertion } from "./steps/assertion.ts";
import { examineClock } from "./steps/clock.ts";
import { examineEndpoints } from "./steps/endpoints.ts";
import { examinePlatformJwks } from "./steps/platform-jwks.ts";
import { examineScopes } from "./steps/scopes.ts";
import { examineLineItems, examineMemberships } from "./steps/services.ts";
import { examineToken } from "./steps/token.ts";
import { examineToolJwks } from "./tool-keys/tool-jwks.ts";
import type { Findings, Subject, Visit } from "./subject.ts";

const STEPS: Record<StepKey, (visit: Visit) => Promise<StepOutcome>> = {
  endpoints: examineEndpoints,
  platform_jwks: examinePlatformJwks,
  tool_jwks: examineToolJwks,
  assertion: examineAssertion,
  token: examineToken,
  scopes: examineScopes,
  clock: examineClock,
  memberships: examineMemberships,
  line_items: examineLineItems,
};

/** What a whole connection test found. */
export type Examination = {
  steps: Step[];
  /** Another audience may be accepted. */
  doubtsAudience: boolean;
  findings: Findings;
};

/**
 * Examines a registration step by step; reads only, and asks the token endpoint truly.
 *
 * `tell` gets all steps each time one begins or ends. A step that fails ends nothing: those
 * that depend on it are not reached, the others run.
 */
export async function examineConnection(
  subject: Subject,
  options: LtiOptions,
  tell: (steps: readonly Step[]) => Promise<void>,
): Promise<Examination> {
  const findings: Findings = {
    states: {},
    unusableAddresses: new Set(),
    grantedScopes: [],
    exchanges: [],
  };
  const steps = STEP_KEYS.map(waitingStep);
  let doubtsAudience = false;
  for (const [index, key] of STEP_KEYS.entries()) {
    steps[index] = toStep(key, { state: "running", summary: "Under way." });
    await tell(steps);
    const startedAt = performance.now();
    const { outcome, exchange } = await runStep(key, { subject, findings, lti: options });
    const durationMs = Math.round(performance.now() - startedAt);
    findings.states[key] = outcome.state;
    doubtsAudience ||= outcome.doubtsAudience ?? false;
    // What was not asked took no time.
    const wasAsked = exchange !== undefined || !["skipped", "not_reached"].includes(outcome.state);
    steps[index] = toStep(key, outcome, wasAsked ? { durationMs, exchange } : {});
  }
  await tell(steps);
  return { steps, doubtsAudience, findings };
}

async function runStep(
  key: StepKey,
  { subject, findings, lti }: Visit,
): Promise<{ outcome: StepOutcome; exchange?: Exchange }> {
  if (lti.signal?.aborted) return { outcome: notReached("The test ran out of its time.") };
  let exchange: Exchange | undefined;
  const onExchange = (seen: Exchange) => {
    exchange = seen;
    findings.exchanges.push(seen);
    lti.onExchange?.(seen);
  };
  try {
    const outcome = await STEPS[key]({ subject, findings, lti: { ...lti, onExchange } });
    return { outcome, exchange };
  } catch (error) {
    if (!(error instanceof RequestCancelled)) throw error;
    return { outcome: notReached("The test ran out of its time."), exchange };
  }
}
