import { isLtiError } from "#lib/lti/errors.ts";
import type { LtiError } from "#lib/lti/errors.ts";
import { fetchPublicJson } from "#lib/lti/http/public-json.ts";
import { networkAdvice } from "#lib/advice/index.ts";
import { networkFaultOf } from "../network/network-fault.ts";
import { kidsOf, parseKeySet } from "../network/key-set.ts";
import { failed, passed, verbatimOf } from "../outcomes.ts";
import { resolveHost } from "../network/reach.ts";
import type { StepFact, StepOutcome } from "../step.ts";
import type { Visit } from "../subject.ts";
import { signingKid } from "./signing-kid.ts";

/**
 * Do we publish the key that we sign with, and is it reachable at the address that platforms
 * were given? What a platform itself sees from outside, only a public address lets us try.
 */
export async function examineOwnKeySet(visit: Visit): Promise<StepOutcome> {
  const { toolJwksUrl, publishedKids } = visit.subject;
  const kid = (await signingKid(visit)) ?? publishedKids[0];
  const facts: StepFact[] = [
    { label: "key set", value: toolJwksUrl },
    { label: "signing key", value: kid ?? "none" },
  ];
  if (kid === undefined || !publishedKids.includes(kid)) return unpublished(facts);
  const url = new URL(toolJwksUrl);
  const isPrivate = await isPrivateHost(url);
  if (isPrivate === undefined) return unresolved(url, facts);
  try {
    // Our own address is no platform's, so the answer's kid is all that is believed of it.
    const allowHttp = visit.subject.allowHttp;
    const keys = parseKeySet(
      await fetchPublicJson(toolJwksUrl, visit.lti, { allowHttp }),
      toolJwksUrl,
    );
    const seen = [...facts, { label: "keys there", value: kidsOf(keys) || "none" }];
    if (!keys.some((key) => key.kid === kid)) return otherKeys(toolJwksUrl, seen);
    if (isPrivate) return uncheckable(visit, { wasSeen: true, facts: seen });
    return passed("Our key set is public and holds the signing key.", { facts: seen });
  } catch (error) {
    if (!isLtiError(error)) throw error;
    const wasRefused = ["lti.address_refused", "lti.endpoint_invalid"].includes(error.code);
    if (isPrivate && wasRefused) return uncheckable(visit, { wasSeen: false, facts });
    return unread(error, { visit, url, isPrivate, facts });
  }
}

async function isPrivateHost(url: URL): Promise<boolean | undefined> {
  try {
    return (await resolveHost(url)).isPrivate;
  } catch (error) {
    if (networkFaultOf(error)) return undefined;
    throw error;
  }
}

function unpublished(facts: StepFact[]): StepOutcome {
  return {
    state: "failed",
    summary: "Our signing key is not among the keys that we publish.",
    advice: {
      cause: "The key that signs was withdrawn, or never published.",
      owner: "operator",
      fix: "Rotate the signing key, and let the new one be published before it signs.",
    },
    facts,
  };
}

function unresolved(url: URL, facts: StepFact[]): StepOutcome {
  return {
    state: "failed",
    summary: `The name ${url.host} of our own address does not resolve.`,
    advice: {
      cause:
        "ROLLBOOK_URL names a host that no name server knows, so no platform can fetch our keys.",
      owner: "operator",
      fix: "Set ROLLBOOK_URL to the address that people and platforms reach this installation at.",
    },
    facts,
  };
}

function otherKeys(toolJwksUrl: string, facts: StepFact[]): StepOutcome {
  return {
    state: "failed",
    summary: "Our public address serves other keys than the one we sign with.",
    advice: {
      cause: `Another installation answers at ${toolJwksUrl}, or a cache before it keeps an old copy.`,
      owner: "operator",
      fix: "Check that ROLLBOOK_URL is this installation’s own, and empty the cache of the proxy before it.",
    },
    facts,
  };
}

/** A private address says nothing about what the platform can reach. */
function uncheckable(
  { subject }: Visit,
  { wasSeen, facts }: { wasSeen: boolean; facts: StepFact[] },
): StepOutcome {
  const { toolJwksUrl, words } = subject;
  return {
    state: "skipped",
    summary: wasSeen
      ? `Cannot be checked from here: our address is on a private network. Read from this machine, it holds the signing key.`
      : `Cannot be checked from here: our address is on a private network.`,
    advice: {
      cause: `${words.name} reaches our keys only if it runs on the same network.`,
      owner: "operator",
      fix: `Where ${words.name} runs, try: curl -fsS ${toolJwksUrl}`,
    },
    facts,
  };
}

function unread(
  error: LtiError,
  at: { visit: Visit; url: URL; isPrivate: boolean; facts: StepFact[] },
): StepOutcome {
  const { url, facts } = at;
  const { toolJwksUrl } = at.visit.subject;
  const curl = `From outside, try: curl -fsS ${toolJwksUrl}`;
  const fault = networkFaultOf(error);
  if (fault || (error.code === "lti.platform_unavailable" && error.status === undefined)) {
    return {
      // A machine often cannot reach its own public address; the token step tells the truth.
      state: "warned",
      summary: "Our own address does not answer to this machine.",
      advice: {
        cause: at.isPrivate
          ? `Nothing answers at ${url.host}; is the console running, and is ROLLBOOK_URL right?`
          : `Nothing answers at ${url.host}, or this machine cannot reach its own public address.`,
        owner: "operator",
        fix: `${curl}. If that fails too, check proxy, firewall and ROLLBOOK_URL.`,
      },
      verbatim:
        verbatimOf(error) ?? networkAdvice({ code: "ETIMEDOUT", words: "" }, url.host)?.cause,
      facts,
    };
  }
  return failed(
    error,
    { subject: at.visit.subject },
    {
      summary: "Our public address does not serve our keys.",
      advice: {
        cause: `Something else answers at ${toolJwksUrl}: a proxy, a sign-in page, or another service.`,
        owner: "operator",
        fix: `Let /lti/jwks through to Rollbook without sign-in, and check ROLLBOOK_URL. ${curl}`,
      },
      facts,
    },
  );
}
