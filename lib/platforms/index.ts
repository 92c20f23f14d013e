/** How each LMS behaves, what it calls things and how it is recognised: one file for each. */
import { audiencesElsewhere, audiencesOf, type AudienceChoice } from "#lib/lti/oauth/audience.ts";
import { shortScope } from "#lib/lti/scopes.ts";
import { serviceOfScope, type ServiceName } from "#lib/lti/services/services.ts";
import { blackboard } from "./lms/blackboard.ts";
import { brightspace } from "./lms/brightspace.ts";
import { canvas } from "./lms/canvas.ts";
import { moodle } from "./lms/moodle.ts";
import { other } from "./lms/other.ts";
import { sakai } from "./lms/sakai.ts";
import { schoology } from "./lms/schoology.ts";
import type { Guide, OwnWords, Platform } from "./platform.ts";

/** All of them, in the order in which a chooser shows them. */
const PLATFORMS = { canvas, moodle, blackboard, brightspace, sakai, schoology, other } as const;

export type PlatformKey = keyof typeof PLATFORMS;

export const PLATFORM_KEYS = Object.keys(PLATFORMS) as [PlatformKey, ...PlatformKey[]];

/** A platform by its key; an unknown key is the platform `other`. */
export function platformOf(key: string): Platform & { key: PlatformKey } {
  return Object.hasOwn(PLATFORMS, key) ? PLATFORMS[key as PlatformKey] : PLATFORMS.other;
}

/** A platform's guide with its name, for pages. */
export type PlatformGuide = Guide & { profile: PlatformKey; name: string };

export function guideFor(key: PlatformKey): PlatformGuide {
  const { key: profile, name, guide } = platformOf(key);
  return { profile, name, ...guide };
}

export const platformGuides: readonly PlatformGuide[] = PLATFORM_KEYS.map(guideFor);

/** A platform's words for a sentence, the names of its fields among them. */
export type PlatformWords = OwnWords & {
  clientIdField: string;
  tokenEndpointField: string;
  platformKeysetField: string;
};

/** The words of a platform; an unknown key has those of any platform. */
export function platformWords(key: string): PlatformWords {
  const { words, guide } = platformOf(key);
  const { clientId, tokenEndpoint, jwksUrl } = guide.fields;
  return {
    ...words,
    clientIdField: clientId?.label ?? "Client ID",
    tokenEndpointField: tokenEndpoint?.label ?? "the access token URL",
    platformKeysetField: jwksUrl?.label ?? "the public keyset URL",
  };
}

/** The switch that grants a scope, as the LMS labels it; the scope's own name where that is not known. */
export function switchFor(words: Pick<OwnWords, "switches">, scope: string): string {
  const { scopes, ...services } = words.switches;
  const service = serviceOfScope(scope);
  return scopes?.[scope] ?? (service && services[service]) ?? shortScope(scope);
}

/** The switches of a service, or of all where it is not known which one it is about. */
export function switchesOf(words: Pick<OwnWords, "switches">, service?: ServiceName): string[] {
  const { scopes: _scopes, ...services } = words.switches;
  const own = service && services[service];
  return own === undefined ? Object.values(services) : [own];
}

/** The platform that a `product_family_code` names; each vendor spells its own. */
export function platformOfFamily(family: string | undefined): PlatformKey {
  const code = (family ?? "").toLowerCase().replace(/[^a-z0-9]/g, "");
  const isNamed = (key: PlatformKey) =>
    platformOf(key).families.some((part) => code.includes(part));
  return PLATFORM_KEYS.find(isNamed) ?? "other";
}

/**
 * Whether an issuer may speak from a host: its own, or one of the vendor's that serves all its
 * customers under a single issuer.
 */
export function mayIssueFrom(issuer: URL, host: string): boolean {
  if (issuer.host === host) return true;
  return PLATFORM_KEYS.some((key) => {
    const { issuers = [], domains = [] } = platformOf(key).hosting ?? {};
    const isVendors = (domain: string) => host === domain || host.endsWith(`.${domain}`);
    return issuers.includes(issuer.origin) && domains.some(isVendors);
  });
}

/**
 * The audiences of a registration's client assertions that somebody has to confirm: neither at the
 * token endpoint's origin, nor known to be the same vendor's.
 */
export function audiencesToConfirm(choice: AudienceChoice): readonly string[] {
  const { issuer, tokenEndpoint } = choice;
  const elsewhere = audiencesElsewhere(tokenEndpoint, audiencesOf(choice));
  if (elsewhere.length === 0 || !URL.canParse(issuer)) return elsewhere;
  const tokenHost = new URL(tokenEndpoint).host;
  const isVendors = (host: string) => mayIssueFrom(new URL(issuer), host);
  return elsewhere.filter(
    (audience) =>
      !isAuthorizationOf(tokenHost, audience) &&
      !(isVendors(tokenHost) && isVendors(hostOf(audience))),
  );
}

function isAuthorizationOf(tokenHost: string, audience: string): boolean {
  return PLATFORM_KEYS.some((key) => {
    const { authorization } = platformOf(key);
    return authorization?.tokenHost === tokenHost && authorization.audiences.includes(audience);
  });
}

/** Some audiences are a host's name alone. */
function hostOf(audience: string): string {
  return URL.canParse(audience) ? new URL(audience).host : audience.toLowerCase();
}

export { addressesOf } from "./addresses.ts";
export type { Addresses, FieldWords, RegistrationField, ToolValue } from "./platform.ts";
