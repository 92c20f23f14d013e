import { isLtiError } from "#lib/lti/errors.ts";
import { fetchPublicJson } from "#lib/lti/http/public-json.ts";
import { kidsOf, parseKeySet } from "../network/key-set.ts";
import { failed, notReached, passed } from "../outcomes.ts";
import type { StepOutcome } from "../step.ts";
import type { Visit } from "../subject.ts";

/** Can the keys be read that the platform signs launches with? */
export async function examinePlatformJwks({ subject, findings, lti }: Visit): Promise<StepOutcome> {
  const { words, allowHttp } = subject;
  const { jwksUrl } = subject.addresses;
  if (findings.unusableAddresses.has("jwksUrl")) {
    return notReached("The JWKS URL cannot be reached.");
  }
  try {
    const keys = parseKeySet(await fetchPublicJson(jwksUrl, lti, { allowHttp }), jwksUrl);
    const facts = [{ label: "key IDs", value: kidsOf(keys) || "none" }];
    if (keys.some(({ kty, kid }) => kty === "RSA" && kid)) {
      return passed(`The platform publishes ${counted(keys.length)}.`, { facts });
    }
    return {
      state: "failed",
      summary: "The platform publishes no key that launches could be checked with.",
      advice: {
        cause: "The key set holds no RSA key with a key ID, so no launch can be verified.",
        owner: "platform_admin",
        fix: `Compare the JWKS URL with ${words.platformKeysetField} in ${words.name}; if it is right, make ${words.name} generate its keys.`,
      },
      facts,
    };
  } catch (error) {
    if (!isLtiError(error)) throw error;
    const isWrongAddress = ["lti.resource_gone", "lti.response_malformed"].includes(error.code);
    return failed(error, { subject }, isWrongAddress ? wrongAddress(words) : {});
  }
}

function wrongAddress(words: Visit["subject"]["words"]): Partial<StepOutcome> {
  return {
    advice: {
      cause:
        "What answers at the JWKS URL is no key set; rosters and grades work without it, launches do not.",
      owner: "operator",
      fix: `Correct the JWKS URL on the registration: ${words.name} shows it as ${words.platformKeysetField}.`,
    },
  };
}

function counted(keys: number): string {
  return keys === 1 ? "one key" : `${keys} keys`;
}
