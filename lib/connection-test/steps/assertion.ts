import { isLtiError } from "#lib/lti/errors.ts";
import { createClientAssertion } from "#lib/lti/oauth/client-assertion.ts";
import { ProfileInvalid } from "#lib/platforms/profile.ts";
import { presentOf } from "#lib/lti/options.ts";
import { failed, passed } from "../outcomes.ts";
import type { StepFact, StepOutcome } from "../step.ts";
import type { Visit } from "../subject.ts";

/** What does our client assertion say? Its signature is never shown. */
export async function examineAssertion({ subject, findings, lti }: Visit): Promise<StepOutcome> {
  try {
    findings.registration ??= await subject.load();
    const { header, claims } = await createClientAssertion(findings.registration, presentOf(lti));
    const { iat, exp, ...texts } = claims;
    const facts: StepFact[] = [
      ...Object.entries(header).map(([label, value]) => ({ label: `header ${label}`, value })),
      ...Object.entries(texts).flatMap(([label, value]) =>
        value === undefined ? [] : [{ label, value: [value].flat().join("\n") }],
      ),
      { label: "iat", value: timeOf(iat) },
      { label: "exp", value: timeOf(exp) },
    ];
    return passed("The assertion is signed; each request for a token has one of its own.", {
      facts,
    });
  } catch (error) {
    if (!isLtiError(error) && !(error instanceof ProfileInvalid)) throw error;
    return failed(error, { subject });
  }
}

function timeOf(seconds: number): string {
  return `${seconds} (${new Date(seconds * 1_000).toISOString()})`;
}
