import type { PlatformProfileKey } from "./profiles.ts";

/** A value the platform gives us, as the registration form names it. */
export type RegistrationField =
  "issuer" | "clientId" | "tokenEndpoint" | "authorizationEndpoint" | "jwksUrl" | "deploymentIds";

/** What the platform's own screen calls a value, and where it shows it. */
export type FieldWords = { label?: string; hint?: string; placeholder?: string };

export type Addresses = Partial<
  Record<Exclude<RegistrationField, "clientId" | "deploymentIds">, string>
>;

export type Environment = { key: string; name: string; values: Addresses };

/** One of our values that an LMS asks for. */
export type ToolValue = "domain" | "launchUrl" | "loginUrl" | "redirectUrl" | "keysetUrl";

/** How one LMS words and places what an LTI registration exchanges. */
export type PlatformGuide = {
  profile: PlatformProfileKey;
  name: string;
  summary: string;
  /** Where an LMS administrator enters our values. */
  menuPath: string[];
  /** What the LMS calls our values, in the order of its page. */
  give: Partial<Record<ToolValue, string>> & { keysetUrl: string };
  /** What must be switched on for rosters and grades. */
  switches: string[];
  fields: Partial<Record<RegistrationField, FieldWords>>;
  /** Platforms hosted in one place: complete addresses. */
  environments: Environment[];
  /** Platforms hosted by each site: addresses below the site's own. */
  sitePaths?: Addresses;
  watchFor?: string;
  /** Where it takes an address for Dynamic Registration, and what is left to do after it. */
  dynamic?: { menuPath: string[]; field: string; then: string[] };
  /** What an LMS administrator or instructor does for a first launch. */
  firstLaunch: string[];
  audience?: { choice: "token_endpoint" | "issuer" | "custom"; why: string };
};

/** Addresses of a self-hosted platform, from the address of its site. */
export function valuesForSite(guide: PlatformGuide, site: string): Addresses {
  if (!guide.sitePaths || !/^https?:/i.test(site.trim()) || !URL.canParse(site)) return {};
  const base = site.trim().replace(/\/+$/, "");
  return Object.fromEntries(
    Object.entries(guide.sitePaths).map(([field, path]) => [field, `${base}${path}`]),
  );
}

/** Addresses of the place that was chosen: a hosted environment, or the site's own. */
export function addressesOf(
  guide: PlatformGuide,
  { environment, site }: { environment?: string; site?: string },
): Addresses {
  const [only, ...others] = guide.environments;
  const named = guide.environments.find(({ key }) => key === environment);
  if (named) return named.values;
  if (site) return valuesForSite(guide, site);
  return (others.length === 0 && only?.values) || {};
}
