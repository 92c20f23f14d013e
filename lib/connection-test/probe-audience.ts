import { isLtiError, TokenRefused } from "#lib/lti/errors.ts";
import type { LtiOptions } from "#lib/lti/options.ts";
import { createRegistration } from "#lib/lti/registration.ts";
import type { Registration } from "#lib/lti/registration.ts";
import { audiencesToConfirm } from "#lib/platforms/index.ts";
import { sentence, verbatimOf } from "./outcomes.ts";
import type { Subject } from "./subject.ts";

/** What a registration may be set to be addressed by. */
export type AudienceChoice = { kind: "token_endpoint" | "issuer" | "both"; values: string[] };

export type AudienceAttempt = AudienceChoice & {
  accepted: boolean;
  /** The platform's words, where it refused. */
  verbatim: string | null;
};

/**
 * The audiences worth trying, without the one that the registration has, and without those that
 * would have to be confirmed: an assertion for them could be used elsewhere by who receives it.
 */
function audienceChoices(registration: Registration): AudienceChoice[] {
  const { tokenEndpoint, issuer } = registration;
  const present = [registration.audience].flat().join(" ");
  const choices: AudienceChoice[] = [
    { kind: "token_endpoint", values: [tokenEndpoint] },
    { kind: "issuer", values: [issuer] },
    { kind: "both", values: [issuer, tokenEndpoint] },
  ];
  return choices.filter(({ values }) => {
    const custom = { audience: "custom", audienceValues: values, issuer, tokenEndpoint } as const;
    return values.join(" ") !== present && audiencesToConfirm(custom).length === 0;
  });
}

/**
 * Asks for a token under one audience after the other, once each, until one is accepted.
 *
 * A refused scope counts as accepted: the platform knew us. The list comes last, because
 * there is a platform that fails inside on it.
 */
export async function probeAudience(
  registration: Registration,
  subject: Pick<Subject, "scopes" | "requestToken">,
  options: LtiOptions,
): Promise<AudienceAttempt[]> {
  const attempts: AudienceAttempt[] = [];
  for (const choice of audienceChoices(registration)) {
    const attempt = await tryAudience(choice, { registration, subject, options });
    attempts.push(attempt);
    if (attempt.accepted) break;
  }
  return attempts;
}

async function tryAudience(
  choice: AudienceChoice,
  ask: {
    registration: Registration;
    subject: Pick<Subject, "scopes" | "requestToken">;
    options: LtiOptions;
  },
): Promise<AudienceAttempt> {
  const [only, ...others] = choice.values;
  const audience = only !== undefined && others.length === 0 ? only : choice.values;
  const registration = createRegistration({ ...ask.registration, audience });
  try {
    await ask.subject.requestToken(registration, ask.subject.scopes.asked, ask.options);
    return { ...choice, accepted: true, verbatim: null };
  } catch (error) {
    if (!isLtiError(error)) throw error;
    const accepted = error instanceof TokenRefused && error.error === "invalid_scope";
    const words = verbatimOf(error) ?? sentence(error.message);
    return { ...choice, accepted, verbatim: accepted ? null : words };
  }
}
