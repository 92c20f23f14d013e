import type { TokenRefused } from "#lib/lti/errors.ts";
import type { StepAdvice } from "#lib/connection-test/step.ts";
import type { Subject } from "#lib/connection-test/subject.ts";

/** What the step before said, as far as it explains a refusal. */
export type RefusalContext = {
  subject: Pick<Subject, "words" | "toolJwksUrl" | "clientId" | "addresses">;
  /** Our key set is not what it should be, by our own look at it. */
  isOurKeySetBad: boolean;
  isOurKeySetPrivate: boolean;
};

type Rule = {
  name: string;
  /** Where the words were seen. */
  source: string;
  when(error: TokenRefused, words: string, context: RefusalContext): boolean;
  advice(context: RefusalContext): StepAdvice;
  doubtsAudience?: true;
};

const says = (pattern: RegExp) => (_error: TokenRefused, words: string) => pattern.test(words);

const RULES: readonly Rule[] = [
  {
    name: "our keys could not be fetched, told by a page in the endpoint's place",
    source: "Moodle 4.5 observed: its own rules for addresses and ports block the key set",
    when: ({ status, isPage }, _words, { subject: { words } }) =>
      words.keysBlockedBy !== undefined && status === 404 && isPage === true,
    advice: (context) => {
      const { words, toolJwksUrl } = context.subject;
      return {
        cause: `${words.name} cannot fetch our keys from ${toolJwksUrl}.`,
        owner: "platform_admin",
        fix: `In ${words.name}, let this address through ${words.keysBlockedBy}, and see that its server reaches it: ${openKeySet(context)}`,
      };
    },
  },
  {
    name: "a scope is not registered",
    source: "RFC 6749 §5.2",
    when: ({ error }) => error === "invalid_scope",
    advice: ({ subject: { words } }) => ({
      cause:
        "At least one of the scopes is not switched on for this tool; the next step finds which.",
      owner: "platform_admin",
      fix: `In ${words.name} (${words.place}), switch on the services that the next step names.`,
    }),
  },
  {
    name: "the audience is another",
    source: "Learn-LTI#156, canvas-lms#1925",
    when: says(/\baud\b|audience/),
    advice: ({ subject: { words } }) => ({
      cause: `Our assertion is addressed to another audience than ${words.name} expects.`,
      owner: "rollbook_operator",
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
    advice: ({ subject: { words } }) => ({
      cause: `${words.name} demands another typ in the header of our assertion.`,
      owner: "rollbook_operator",
      fix: "Set the assertion type of the registration to client-authentication+jwt.",
    }),
  },
  {
    name: "the clocks differ",
    source: "Moodle observed: no leeway; Canvas: iat at most five minutes old",
    when: says(/\b(?:iat|exp|nbf)\b|in the future|expired|clock|too old/),
    advice: () => ({
      cause: "The times in our assertion do not fit the platform’s clock.",
      owner: "rollbook_operator",
      fix: "Look at the step Clocks: set the clock that is wrong by a time server (NTP), ours first.",
    }),
  },
  {
    name: "our keys could not be fetched",
    source: "canvas-lms#1613, #1872",
    when: says(
      /(?:jwks?|key ?set|keys?)\b.{0,60}\b(?:could not|cannot|not be|unreachable|failed|unable|fetch|read)/,
    ),
    advice: (context) => ({
      cause: `${context.subject.words.name} could not read our keys.`,
      owner: "rollbook_operator",
      fix: `${openKeySet(context)} ${keysetEntry(context)}.`,
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
    advice: ({ subject: { words, clientId } }) => ({
      cause: `${words.name} knows no active tool with this client ID.`,
      owner: "platform_admin",
      fix: `In ${words.name} (${words.place}), compare ${words.clientIdField} with ${clientId}, and ${words.enable}.`,
    }),
  },
  {
    name: "the client may not ask for tokens",
    source: "RFC 6749 §5.2",
    when: ({ error }) => error === "unauthorized_client",
    advice: ({ subject: { words } }) => ({
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
      (error === undefined && status !== undefined && [404, 405, 410].includes(status)),
    advice: ({ subject: { words } }) => ({
      cause: "What answers at this address is not the platform’s token endpoint.",
      owner: "rollbook_operator",
      fix: `Correct the token endpoint on the registration: ${words.name} shows it as ${words.tokenEndpointField}.`,
    }),
  },
  {
    name: "the client ID is not known",
    source: "Moodle 4.5 observed: the only reason for invalid_client, and no audience is checked",
    when: ({ error }, _words, { subject: { words } }) =>
      words.refusesUnknownClientsOnly === true && error === "invalid_client",
    advice: ({ subject: { words, clientId } }) => ({
      cause: `${words.name} knows no tool with the client ID ${clientId}.`,
      owner: "rollbook_operator",
      fix: `Copy the ${words.clientIdField} that ${words.name} shows for this tool (${words.place}) into the registration.`,
    }),
  },
  {
    name: "refused as a client, without a reason",
    source: "RFC 6749 §5.2",
    when: ({ error }) => error === "invalid_client",
    advice: (context) => ({
      cause: context.isOurKeySetBad
        ? "Most likely our keys: the step Our keys failed as well."
        : "The platform does not say why. In order of frequency: it cannot fetch our keys, it expects another audience, or the client ID is another.",
      owner: context.isOurKeySetBad ? "rollbook_operator" : "platform_admin",
      fix: `${keysetEntry(context)}, and ${context.subject.words.clientIdField} must be ${context.subject.clientId}. Rollbook can try the other audiences meanwhile.`,
    }),
    doubtsAudience: true,
  },
];

/** Why a token endpoint refused, by its words. */
export function refusalAdvice(
  error: TokenRefused,
  context: RefusalContext,
): { advice: StepAdvice; doubtsAudience: boolean } {
  const words = `${error.error ?? ""} ${error.description ?? error.excerpt ?? ""}`.toLowerCase();
  const rule = RULES.find(({ when }) => when(error, words, context));
  const { name, place } = context.subject.words;
  return {
    advice: rule?.advice(context) ?? {
      cause: "The platform refuses this tool, for a reason that only its own words tell.",
      owner: "platform_admin",
      fix: `Show these words to whoever runs ${name} (${place}).`,
    },
    doubtsAudience: rule?.doubtsAudience ?? false,
  };
}

function signatureAdvice(context: RefusalContext): StepAdvice {
  const { words } = context.subject;
  if (context.isOurKeySetBad) {
    return {
      cause: `${words.name} cannot check our signature, because our key set is not what it should be: see the step Our keys.`,
      owner: "rollbook_operator",
      fix: openKeySet(context),
    };
  }
  return {
    cause: `${words.name} fetched other keys than ours, keeps an old copy, or could not fetch them at all.`,
    owner: "platform_admin",
    fix: `${keysetEntry(context)}; save it once more, so that the keys are fetched anew.`,
  };
}

function keysetEntry({ subject: { words, toolJwksUrl } }: RefusalContext): string {
  return `In ${words.name} (${words.place}), ${words.keysetField} must be ${toolJwksUrl}`;
}

function openKeySet({ subject, isOurKeySetPrivate }: RefusalContext): string {
  return isOurKeySetPrivate
    ? `Make ${subject.toolJwksUrl} reachable from where ${subject.words.name} runs: it is on a private network, so set ROLLBOOK_URL to a public address.`
    : `Make ${subject.toolJwksUrl} answer to everybody, without sign-in and with our keys: check proxy and firewall.`;
}
