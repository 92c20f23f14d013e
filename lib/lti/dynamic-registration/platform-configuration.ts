import { EndpointInvalid, RedirectRefused } from "../errors.ts";
import { isJsonObject, textOf, type JsonObject } from "../values/json-body.ts";
import type { LtiOptions } from "../options.ts";
import { fetchPublicJson } from "../http/public-json.ts";
import { parseServiceUrl } from "../values/service-url.ts";
import { DynamicRegistrationRefused, type RegistrationCheck } from "./registration-refused.ts";

const PLATFORM_CONFIGURATION = "https://purl.imsglobal.org/spec/lti-platform-configuration";
const MOST_REDIRECTS = 3;

/** What a platform says of itself, checked. */
export type PlatformConfiguration = {
  issuer: string;
  authorizationEndpoint: string;
  tokenEndpoint: string;
  jwksUrl: string;
  registrationEndpoint: string;
  /** The audience it wants in client assertions, where it names one. */
  authorizationServer?: string;
  /** Empty where the platform lists none. */
  scopes: string[];
  claims: string[];
  family?: string;
  version?: string;
  messageTypes: string[];
  noticeTypes: string[];
};

/** What the network allows, and which vendors serve their customers under one issuer. */
type Network = {
  allowHttp: boolean;
  /** Whether an issuer may speak from a host; its own alone, unless told otherwise. */
  mayIssueFrom?: (issuer: URL, host: string) => boolean;
};

const isOwnHost = (issuer: URL, host: string) => issuer.host === host;

/**
 * Reads a platform's OpenID configuration and checks that Rollbook can work with it.
 *
 * @throws DynamicRegistrationRefused  names the check that failed
 * @throws LtiError                    the document cannot be read
 * @see Dynamic Registration 1.0 §3.4, §3.5
 */
export async function fetchPlatformConfiguration(
  address: string,
  options: LtiOptions,
  network: Network,
): Promise<PlatformConfiguration> {
  const { document, host } = await readFollowing(address, options, network);
  if (!isJsonObject(document)) {
    throw new DynamicRegistrationRefused("configuration", "the configuration is not an object");
  }
  const issuer = issuerOf(document, host, network);
  checkAbilities(document);
  const endpoint = (name: string) => endpointOf(document, name, network);
  const platform = isJsonObject(document[PLATFORM_CONFIGURATION])
    ? document[PLATFORM_CONFIGURATION]
    : {};
  return {
    issuer,
    authorizationEndpoint: endpoint("authorization_endpoint"),
    tokenEndpoint: endpoint("token_endpoint"),
    jwksUrl: endpoint("jwks_uri"),
    registrationEndpoint: endpoint("registration_endpoint"),
    authorizationServer: textOf(document["authorization_server"]),
    scopes: textsOf(document["scopes_supported"]),
    claims: textsOf(document["claims_supported"]),
    family: textOf(platform["product_family_code"]),
    version: textOf(platform["version"]),
    messageTypes: messageTypesOf(platform),
    noticeTypes: noticeTypesOf(platform),
  };
}

/** Canvas answers at one host and keeps the document at another; it holds no secret. */
async function readFollowing(
  address: string,
  options: LtiOptions,
  { allowHttp }: Network,
): Promise<{ document: unknown; host: string }> {
  let current = address;
  for (let hops = 0; ; hops++) {
    try {
      const document = await fetchPublicJson(current, options, { allowHttp });
      return { document, host: new URL(current).host };
    } catch (error) {
      if (error instanceof EndpointInvalid) {
        throw new DynamicRegistrationRefused(
          "configuration_url",
          `the configuration's address ${error.reason}`,
        );
      }
      const target = error instanceof RedirectRefused && parseServiceUrl(error.to, current)?.href;
      if (!target || hops >= MOST_REDIRECTS) throw error;
      current = target;
    }
  }
}

function issuerOf(document: JsonObject, host: string, network: Network): string {
  const { allowHttp, mayIssueFrom = isOwnHost } = network;
  const refuse = (reason: string) => new DynamicRegistrationRefused("issuer", reason);
  const issuer = textOf(document["issuer"]);
  const url = issuer === undefined ? undefined : parseServiceUrl(issuer);
  if (issuer === undefined || !url) throw refuse("the configuration names no issuer");
  if (url.protocol !== "https:" && !allowHttp) throw refuse("the issuer must use https");
  if (/[?#]/.test(issuer)) throw refuse("the issuer has a query or a fragment");
  if (!mayIssueFrom(url, host)) {
    throw refuse(`the configuration comes from ${host}, which is not the issuer’s host`);
  }
  return issuer;
}

function checkAbilities(document: JsonObject): void {
  const needs: [string, string, RegistrationCheck][] = [
    ["token_endpoint_auth_methods_supported", "private_key_jwt", "authentication_method"],
    ["token_endpoint_auth_signing_alg_values_supported", "RS256", "algorithm"],
    ["id_token_signing_alg_values_supported", "RS256", "algorithm"],
    ["response_types_supported", "id_token", "response_type"],
  ];
  for (const [name, needed, check] of needs) {
    const offered = document[name];
    // Left out, it means nothing against us; listed without ours, it does.
    if (offered === undefined || textsOf(offered).includes(needed)) continue;
    throw new DynamicRegistrationRefused(check, `the platform’s ${name} lacks ${needed}`);
  }
}

function endpointOf(document: JsonObject, name: string, { allowHttp }: Network): string {
  const address = textOf(document[name]);
  const url = address === undefined ? undefined : parseServiceUrl(address);
  if (address !== undefined && url && (url.protocol === "https:" || allowHttp)) return address;
  throw new DynamicRegistrationRefused("endpoint", `${name} is not a web address with https`);
}

function messageTypesOf(platform: JsonObject): string[] {
  const messages = platform["messages_supported"];
  if (!Array.isArray(messages)) return [];
  const types = messages.map(
    (message: unknown) => isJsonObject(message) && textOf(message["type"]),
  );
  const known = types.filter((type) => typeof type === "string");
  if (known.length > 0 && !known.includes("LtiResourceLinkRequest")) {
    throw new DynamicRegistrationRefused("message_type", "the platform launches no resource links");
  }
  return known;
}

function noticeTypesOf(platform: JsonObject): string[] {
  const service = platform["https://purl.imsglobal.org/spec/lti/claim/platformnotificationservice"];
  const nested = isJsonObject(service) ? textsOf(service["notice_types_supported"]) : [];
  return [...textsOf(platform["notice_types_supported"]), ...nested];
}

function textsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === "string") : [];
}
