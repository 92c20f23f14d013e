import { hasCode } from "#lib/errors.ts";
import { isLtiError, type AddressRefused, type LtiError } from "#lib/lti/errors.ts";
import { fetchPublicJson } from "#lib/lti/http/public-json.ts";
import { networkFaultOf } from "../network/network-fault.ts";
import { kidsOf, parseKeySet, type PublishedKey } from "../network/key-set.ts";
import { failed, passed, skipped, verbatimOf } from "../outcomes.ts";
import type { StepAdvice, StepFact, StepOutcome } from "../step.ts";
import type { ToolKeys, Visit } from "../subject.ts";
import { signingKid } from "./signing-kid.ts";

/** The key set of a tool that Rollbook stands beside: does it publish the key that signs? */
export async function examineToolKeySet(visit: Visit): Promise<StepOutcome> {
  const { subject, lti } = visit;
  const { toolKeys, words } = subject;
  if (toolKeys.modulus === null) return noKey(toolKeys);
  const kid = (await signingKid(visit)) ?? toolKeys.kid ?? "";
  const url = toolKeys.keySetUrl;
  if (url === null) {
    const summary = `No key set to read: ${words.name} was given the tool’s public key itself.`;
    return { ...skipped(summary), facts: [{ label: "signing key", value: kid }] };
  }
  const facts: StepFact[] = [
    { label: "key set that the platform reads", value: url },
    { label: "signing key", value: kid },
  ];
  try {
    const { allowHttp } = subject;
    const keys = parseKeySet(await fetchPublicJson(url, lti, { allowHttp }), url);
    const seen = [...facts, { label: "keys there", value: kidsOf(keys) || "none" }];
    return compare({ keys, kid, url, toolKeys, platform: words.name }, seen);
  } catch (error) {
    if (!isLtiError(error)) throw error;
    return unread(error, { visit, url, facts });
  }
}

type Found = {
  keys: PublishedKey[];
  kid: string;
  url: string;
  toolKeys: ToolKeys;
  platform: string;
};

function compare(found: Found, facts: StepFact[]): StepOutcome {
  const { keys, kid, url, toolKeys } = found;
  const bad = (summary: string, advice: StepAdvice): StepOutcome => {
    return { state: "failed", summary, advice, facts };
  };
  if (keys.some(({ isPrivate }) => isPrivate)) {
    return bad("The tool’s key set publishes a private key.", {
      cause: `Whoever reads ${url} can speak as the tool.`,
      owner: "tool_developer",
      fix: "Make a new key pair for the tool, publish its public half alone, and import the new key here.",
    });
  }
  const named = keys.filter((key) => key.kid === kid);
  const isThere = named.some(({ modulus }) => modulus === toolKeys.modulus);
  if (isThere) return passed("The tool’s key set holds the key that signs.", { facts });
  if (named.length > 0) return bad(...otherKey(found));
  const other = keys.find(({ modulus }) => modulus === toolKeys.modulus);
  if (other) return bad(...otherName(found, other.kid));
  return bad(...absent(found));
}

function otherKey({ kid, toolKeys }: Found): [string, StepAdvice] {
  const isImported = toolKeys.signsWith === "imported_key";
  return [
    `Under the key ID ${kid} the tool’s key set has another key.`,
    {
      cause: isImported
        ? "The imported private key does not belong to what the tool publishes."
        : "The tool publishes a key of its own under this key ID, or an old copy of ours.",
      owner: isImported ? "operator" : "tool_developer",
      fix: isImported
        ? "Import the private key that the tool signs with now."
        : `Put the key of ${toolKeys.ownKeySetUrl} there instead.`,
    },
  ];
}

function otherName({ kid, toolKeys }: Found, name: string | undefined): [string, StepAdvice] {
  const called = name === undefined ? "without a key ID" : `as ${name}`;
  const isImported = toolKeys.signsWith === "imported_key";
  return [
    `The tool’s key set has this key ${called}, and we sign as ${kid}.`,
    {
      cause: "The platform looks for the key by its key ID, and does not find it.",
      owner: isImported && name !== undefined ? "operator" : "tool_developer",
      fix:
        isImported && name !== undefined
          ? `Import the key once more with the key ID ${name}.`
          : `Publish the key under the key ID ${kid}.`,
    },
  ];
}

function absent({ kid, url, toolKeys, platform }: Found): [string, StepAdvice] {
  const again = `${platform} may keep its copy for a while.`;
  if (toolKeys.signsWith === "imported_key") {
    return [
      `The tool’s key set does not hold the key ${kid}.`,
      {
        cause: "The tool has changed its key, or publishes this one elsewhere.",
        owner: "operator",
        fix: `Import the private key of one that ${url} publishes, or let the tool publish this one. ${again}`,
      },
    ];
  }
  return [
    "The tool’s key set does not hold our key.",
    {
      cause: `The tool has not added the keys of ${toolKeys.ownKeySetUrl} to its key set, or keeps an old copy of them.`,
      owner: "tool_developer",
      fix: `Let ${url} answer with its own keys and those of ${toolKeys.ownKeySetUrl}, read again at least once an hour. ${again}`,
    },
  ];
}

function noKey({ signsWith }: ToolKeys): StepOutcome {
  const isImported = signsWith === "imported_key";
  return {
    state: "failed",
    summary: isImported ? "No key has been imported yet." : "There is no key to sign with.",
    advice: {
      cause: "Nothing can be signed, so no token can be asked for.",
      owner: "operator",
      fix: isImported
        ? "Import the tool’s private key on the registration’s settings."
        : "Prepare a signing key in Settings, Keys.",
    },
  };
}

function unread(
  error: LtiError,
  { visit, url, facts }: { visit: Visit; url: string; facts: StepFact[] },
): StepOutcome {
  const { words } = visit.subject;
  const curl = `Where ${words.name} runs, try: curl -fsS ${url}`;
  if (hasCode<AddressRefused>(error, "lti.address_refused")) {
    return {
      ...skipped("Cannot be checked from here: the tool’s key set is on a private network."),
      advice: {
        cause: `${words.name} reaches it only if it runs on the same network.`,
        owner: "operator",
        fix: curl,
      },
      facts,
    };
  }
  const isSilent = networkFaultOf(error) !== undefined;
  return failed(
    error,
    { subject: visit.subject },
    {
      // What this machine cannot reach, the platform may.
      state: isSilent ? "warned" : "failed",
      summary: isSilent
        ? "The tool’s key set does not answer to this machine."
        : "What answers at the tool’s JWKS URL is no key set.",
      advice: {
        cause: isSilent
          ? `Nothing answers at ${new URL(url).host}, or this machine may not reach it.`
          : `Something else answers at ${url}: a sign-in page, a proxy, or another service.`,
        owner: "tool_developer",
        fix: `Let the tool’s key set answer to everybody without sign-in, or correct its JWKS URL on the registration. ${curl}`,
      },
      verbatim: verbatimOf(error),
      facts,
    },
  );
}
