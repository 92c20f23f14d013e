import type { PlatformWords } from "#lib/platforms/index.ts";
import type { Advice, Known } from "../advice.ts";

/** What a token endpoint answered, as the error keeps it. */
type Refusal = {
  error?: unknown;
  description?: unknown;
  excerpt?: unknown;
  status?: unknown;
  isPage?: unknown;
};

type Reason = Omit<Advice, "title">;

type Rule = {
  name: string;
  /** Where the words were seen. */
  source: string;
  when(error: Refusal, words: string, platform: PlatformWords): boolean;
  advice(about: Known): Reason;
  doubtsAudience?: true;
};

const says = (pattern: RegExp) => (_error: Refusal, words: string) => pattern.test(words);

const RULES: readonly Rule[] = [
  {
    name: "our keys could not be fetched, a page in the endpoint's place says so",
    source: "Moodle 4.5 observed: its own rules for addresses and ports block the key set",
    when: ({ status, isPage }, _words, { keysBlockedBy }) =>
      keysBlockedBy !== undefined && status === 404 && isPage === true,
    advice: (about) => {
      const { words, toolJwksUrl } = about;
      return {
        cause: `${words.name} cannot fetch our keys from ${toolJwksUrl}.`,
        owner: "platform_admin",
        fix: `In ${words.name}, let this address through ${words.keysBlockedBy}, and see that its server reaches it: ${openKeySet(about)}`,
      };
    },
  },
  {
    name: "a scope is not registered",
    source: "RFC 6749 §5.2",
    when: ({ error }) => error === "invalid_scope",
    advice: ({ words, isTest }) => ({
      cause: `At least one of the scopes is not switched on for this tool; ${isTest ? "the next step" : "the connection test"} finds which.`,
      owner: "platform_admin",
      fix: `In ${words.name} (${words.place}), switch on the services that ${isTest ? "the next step" : "the connection test"} names.`,
    }),
  },
  {
    name: "the audience is another",
    source: "Learn-LTI#156, canvas-lms#1925",
    when: says(/\baud\b|audience/),
    advice: ({ words }) => ({
      cause: `Our assertion is addressed to another audience than ${words.name} expects.`,
      owner: "operator",
      fix: words.audienceField
        ? `Copy “${words.audienceField}” into the audience of the registration, or let Rollbook try the others.`
        : `Let Rollbook try the other audiences; if none is accepted, ask whoever runs ${words.name} which one it expects.`,
    }),
    doubtsAudience: true,
  },
  {
    name: "another assertion type",
    source: "RFC 10070",
    when: says(/\btyp\b|client-authentication\+jwt/),
    advice: ({ words }) => ({
      cause: `${words.name} demands another typ in the header of our assertion.`,
      owner: "operator",
      fix: "Set the assertion type of the registration to client-authentication+jwt.",
    }),
  },
  {
    name: "the clocks differ",
    source: "Moodle observed: no leeway; Canvas: iat at most five minutes old",
    when: says(/\b(?:iat|exp|nbf)\b|in the future|expired|clock|too old/),
    advice: ({ isTest }) => ({
      cause: "The times in our assertion do not fit the platform’s clock.",
      owner: "operator",
      fix: `${isTest ? "Look at" : "Run the connection test and look at"} the step Clocks: set the clock that is wrong by a time server (NTP), ours first.`,
    }),
  },
  {
    name: "our keys could not be fetched",
    source: "canvas-lms#1613, #1872",
    when: says(
      /(?:jwks?|key ?set|keys?)\b.{0,60}\b(?:could not|cannot|not be|unreachable|failed|unable|fetch|read)/,
    ),
    advice: (about) => ({
      cause: `${about.words.name} could not read our keys.`,
      owner: "operator",
      fix: `${openKeySet(about)} ${keysetEntry(about)}.`,
    }),
  },
  {
    name: "the signature is not accepted",
    source: "pylti1.3#21, #48, #83; canvas-lms#1613, #1872",
    when: says(/signature|\bjws\b|\bkid\b|key ?id|\bjwks?\b|public key/),
    advice: signatureAdvice,
  },
  {
    name: "the client is not known",
    source: "RFC 6749 §5.2",
    when: says(
      /unknown client|client (?:id|not found|is not|does not|unknown|disabled|inactive)|no such client|not (?:enabled|active)|developer key/,
    ),
    advice: ({ words, clientId }) => ({
      cause: `${words.name} knows no active tool with this client ID.`,
      owner: "platform_admin",
      fix: `In ${words.name} (${words.place}), compare ${words.clientIdField} with ${clientId}, and ${words.enable}.`,
    }),
  },
  {
    name: "the client may not ask for tokens",
    source: "RFC 6749 §5.2",
    when: ({ error }) => error === "unauthorized_client",
    advice: ({ words }) => ({
      cause: "The tool is known, but may not ask for tokens of this kind.",
      owner: "platform_admin",
      fix: `In ${words.name} (${words.place}), ${words.enable} and switch on its services.`,
    }),
  },
  {
    name: "not a token endpoint",
    source: "RFC 6749 §5.2; RFC 9110 §15.5",
    when: ({ error, status }) =>
      error === "unsupported_grant_type" ||
      (error === undefined && [404, 405, 410].includes(Number(status))),
    advice: ({ words }) => ({
      cause: "What answers at this address is not the platform’s token endpoint.",
      owner: "operator",
      fix: `Correct the token endpoint on the registration: ${words.name} shows it as ${words.tokenEndpointField}.`,
    }),
  },
  {
    name: "the client ID is not known",
    source: "Moodle 4.5 observed: the only reason for invalid_client, and no audience is checked",
    when: ({ error }, _words, { refusesUnknownClientsOnly }) =>
      refusesUnknownClientsOnly === true && error === "invalid_client",
    advice: ({ words, clientId }) => ({
      cause: `${words.name} knows no tool with the client ID ${clientId}.`,
      owner: "operator",
      fix: `Copy the ${words.clientIdField} that ${words.name} shows for this tool (${words.place}) into the registration.`,
    }),
  },
  {
    name: "refused as a client, without a reason",
    source: "RFC 6749 §5.2",
    when: ({ error }) => error === "invalid_client",
    advice: (about) => ({
      cause:
        about.keySet === "bad"
          ? "Most likely our keys: the step Our keys failed as well."
          : "The platform does not say why. In order of frequency: it cannot fetch our keys, it expects another audience, or the client ID is another.",
      owner: about.keySet === "bad" ? "operator" : "platform_admin",
      fix: `${keysetEntry(about)}, and ${about.words.clientIdField} must be ${about.clientId}. Rollbook can try the other audiences meanwhile.`,
    }),
    doubtsAudience: true,
  },
];

/** Why a token endpoint refused, by its words. */
export function tokenRefused(about: Known): Advice {
  const { name, place } = about.words;
  const reason = ruleFor(about.detail, about.words)?.advice(about) ?? {
    cause: "The platform refuses this tool, for a reason that only its own words tell.",
    owner: "platform_admin",
    fix: `Show these words to whoever runs ${name} (${place}).`,
  };
  return { title: "The platform refused an access token", ...reason };
}

/** Whether a refusal gives reason to try another audience. */
export function doubtsAudience(detail: Refusal, platform: PlatformWords): boolean {
  return ruleFor(detail, platform)?.doubtsAudience ?? false;
}

function ruleFor(detail: Refusal = {}, platform: PlatformWords): Rule | undefined {
  const words = `${detail.error ?? ""} ${detail.description ?? detail.excerpt ?? ""}`.toLowerCase();
  return RULES.find(({ when }) => when(detail, words, platform));
}

function signatureAdvice(about: Known): Reason {
  const { words } = about;
  if (about.keySet === "bad") {
    return {
      cause: `${words.name} cannot check our signature, because our key set is not what it should be: see the step Our keys.`,
      owner: "operator",
      fix: openKeySet(about),
    };
  }
  return {
    cause: `${words.name} fetched other keys than ours, keeps an old copy, or could not fetch them at all.`,
    owner: "platform_admin",
    fix: `${keysetEntry(about)}; save it once more, so that the keys are fetched again.`,
  };
}

function keysetEntry({ words, toolJwksUrl }: Known): string {
  return `In ${words.name} (${words.place}), ${words.keysetField} must be ${toolJwksUrl}`;
}

function openKeySet({ words, toolJwksUrl, keySet }: Known): string {
  return keySet === "private"
    ? `Make ${toolJwksUrl} reachable from where ${words.name} runs: it is on a private network, so set ROLLBOOK_URL to a public address.`
    : `Make ${toolJwksUrl} answer to everybody, without sign-in and with our keys: check proxy and firewall.`;
}
