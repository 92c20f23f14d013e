import * as oidc from "openid-client";
import { z } from "zod";
import { SingleSignOnRefused } from "./errors.ts";
import type { Claims } from "./rules.ts";
import { providerKey, type SingleSignOnValues } from "./settings.ts";
import { type GuardedFetch, webFetch } from "./web-fetch.ts";

export type ProviderOptions = {
  fetch: GuardedFetch;
  /** Where the provider sends people back to. */
  redirectUri: string;
  /** Plain http is accepted, as for platforms on a private network. */
  allowHttp: boolean;
};

/** What a sign-in that is under way keeps in the browser, sealed. */
export type Attempt = { state: string; nonce: string; verifier: string; provider: string };

/** What the discovery document and the keys say. */
export type ProviderFindings = {
  issuer: string;
  authorizationEndpoint: string;
  tokenEndpoint: string;
  /** Key IDs and algorithms, in the provider's order. */
  keys: { kid: string | null; alg: string | null; kty: string | null }[];
  /** What does not fit, in words; sign-in would fail with it. */
  problems: string[];
};

const KEPT_MS = 300_000;
const KeySet = z.object({
  keys: z.array(
    z.object({
      kid: z.string().nullable().default(null),
      alg: z.string().nullable().default(null),
      kty: z.string().nullable().default(null),
    }),
  ),
});
/** Signatures that only the provider can make. */
const ASYMMETRIC = /^(RS|PS|ES)(256|384|512)$|^(EdDSA|Ed25519)$/;
/** OpenID Connect Core §3.1.3.7: what a provider uses that says nothing else. */
const STANDARD_ALGORITHM = "RS256";
/** Thirty days, the longest that a session can be set to last: at a sign-in nobody is asked for it. */
const LONGEST_AGE_S = "2592000";

/**
 * The provider of single sign-on: the code flow with PKCE, state and nonce. The ID token's
 * signature, issuer, audience, times and nonce are checked, whatever way it came by.
 *
 * @see OpenID Connect Core 1.0 §3.1, RFC 9700
 */
export function createProvider({ fetch, redirectUri, allowHttp }: ProviderOptions) {
  let known: { key: string; at: number; configuration: oidc.Configuration } | undefined;
  const customFetch = webFetch(fetch) as oidc.CustomFetch;

  async function discover(values: SingleSignOnValues): Promise<oidc.Configuration> {
    const { issuer, clientId, clientSecret } = values;
    const http = allowHttp ? [oidc.allowInsecureRequests] : [];
    const options = { [oidc.customFetch]: customFetch, execute: http };
    const found = await oidc.discovery(new URL(issuer), clientId, undefined, undefined, options);
    const server = found.serverMetadata();
    const configuration = new oidc.Configuration(
      server,
      clientId,
      { id_token_signed_response_alg: algorithmOf(server) },
      clientSecret ? authentication(server, clientSecret) : oidc.None(),
    );
    configuration[oidc.customFetch] = customFetch;
    // Whatever way an ID token comes by, its signature is checked.
    oidc.enableNonRepudiationChecks(configuration);
    if (allowHttp) oidc.allowInsecureRequests(configuration);
    return configuration;
  }

  async function configured(values: SingleSignOnValues): Promise<oidc.Configuration> {
    const key = JSON.stringify([providerKey(values), values.clientSecret]);
    if (known?.key === key && Date.now() - known.at < KEPT_MS) return known.configuration;
    const configuration = await discover(values).catch((error: unknown) => {
      throw new SingleSignOnRefused("provider_unreachable", findingOf(error));
    });
    known = { key, at: Date.now(), configuration };
    return configuration;
  }

  return {
    /** Where the browser goes, and what it must bring back; `isAgain`: the provider is to ask. */
    async begin(
      values: SingleSignOnValues,
      { isAgain }: { isAgain: boolean },
    ): Promise<{ url: string; attempt: Attempt }> {
      const configuration = await configured(values);
      const attempt = {
        state: oidc.randomState(),
        nonce: oidc.randomNonce(),
        verifier: oidc.randomPKCECodeVerifier(),
        provider: providerKey(values),
      };
      const url = oidc.buildAuthorizationUrl(configuration, {
        redirect_uri: redirectUri,
        scope: values.scopes,
        state: attempt.state,
        nonce: attempt.nonce,
        code_challenge: await oidc.calculatePKCECodeChallenge(attempt.verifier),
        code_challenge_method: "S256",
        // OpenID Connect Core §3.1.2.1: with it the provider says when it asked.
        max_age: isAgain ? "0" : LONGEST_AGE_S,
        ...(isAgain && { prompt: "login" }),
      });
      return { url: url.href, attempt };
    },

    /**
     * What the provider says of who came back: the ID token's claims, and where e-mail or groups
     * are not in it, those of the user info.
     *
     * @throws SingleSignOnRefused
     */
    async finish(
      values: SingleSignOnValues,
      { query, attempt }: { query: string; attempt: Attempt },
    ): Promise<Claims> {
      if (attempt.provider !== providerKey(values))
        throw new SingleSignOnRefused("attempt_missing");
      const configuration = await configured(values);
      const current = new URL(redirectUri);
      current.search = query;
      try {
        const answer = await oidc.authorizationCodeGrant(configuration, current, {
          expectedState: attempt.state,
          expectedNonce: attempt.nonce,
          pkceCodeVerifier: attempt.verifier,
          idTokenExpected: true,
        });
        const claims = saysWhenAsked(configuration, answer.claims() as Claims);
        if (!configuration.serverMetadata().userinfo_endpoint) return claims;
        const more = await oidc.fetchUserInfo(configuration, answer.access_token, claims.sub);
        return { ...more, ...claims };
      } catch (error) {
        const isTheirs = error instanceof oidc.AuthorizationResponseError;
        const reason = isTheirs ? "provider_refused" : "answer_invalid";
        throw new SingleSignOnRefused(reason, findingOf(error));
      }
    },

    /** Reads discovery document and keys as a sign-in would. @throws SingleSignOnRefused */
    async examine(values: SingleSignOnValues): Promise<ProviderFindings> {
      known = undefined;
      const server = (await configured(values)).serverMetadata();
      const keys = await readKeys(customFetch, server.jwks_uri);
      return {
        issuer: server.issuer,
        authorizationEndpoint: server.authorization_endpoint ?? "",
        tokenEndpoint: server.token_endpoint ?? "",
        keys,
        problems: problemsOf(server, { keys, scopes: values.scopes }),
      };
    },
  };
}

export type Provider = ReturnType<typeof createProvider>;

/**
 * A provider that names `auth_time` among its claims says it where `max_age` is sent. Where it is
 * not there, the request was changed on its way, and nobody was asked.
 */
function saysWhenAsked(configuration: oidc.Configuration, claims: Claims): Claims {
  const { claims_supported: named } = configuration.serverMetadata();
  const isNamed = Array.isArray(named) && named.includes("auth_time");
  return isNamed && typeof claims.auth_time !== "number" ? { ...claims, auth_time: 0 } : claims;
}

/** The way that the provider takes a secret by; in the body where it says nothing of headers. */
function authentication(server: oidc.ServerMetadata, secret: string): oidc.ClientAuth {
  const ways = server.token_endpoint_auth_methods_supported ?? ["client_secret_basic"];
  return ways.includes("client_secret_basic")
    ? oidc.ClientSecretBasic(secret)
    : oidc.ClientSecretPost(secret);
}

function algorithmOf(server: oidc.ServerMetadata): string {
  const offered = server.id_token_signing_alg_values_supported ?? [STANDARD_ALGORITHM];
  if (offered.includes(STANDARD_ALGORITHM)) return STANDARD_ALGORITHM;
  const found = offered.find((algorithm) => ASYMMETRIC.test(algorithm));
  if (!found) throw new Error("it signs ID tokens with no algorithm that is accepted");
  return found;
}

async function readKeys(
  fetch: oidc.CustomFetch,
  address: string | undefined,
): Promise<ProviderFindings["keys"]> {
  if (!address) throw new SingleSignOnRefused("provider_unreachable", "it names no key set");
  try {
    const headers = { accept: "application/json" };
    const init = { method: "GET", headers, body: undefined, redirect: "manual" } as const;
    const reply = await fetch(address, init);
    if (!reply.ok) throw new Error(`status ${reply.status}`);
    const keySet = KeySet.safeParse(await reply.json().catch(() => undefined));
    if (!keySet.success) throw new Error("it is not a JSON Web Key Set");
    return keySet.data.keys;
  } catch (error) {
    throw new SingleSignOnRefused("provider_unreachable", `its key set: ${findingOf(error)}`);
  }
}

function problemsOf(
  server: oidc.ServerMetadata,
  { keys, scopes }: { keys: unknown[]; scopes: string },
): string[] {
  const methods = server.code_challenge_methods_supported;
  const offered = server.scopes_supported;
  const missing = scopes.split(/\s+/).filter((scope) => offered && !offered.includes(scope));
  return [
    ...(server.authorization_endpoint ? [] : ["it names no authorization endpoint"]),
    ...(server.token_endpoint ? [] : ["it names no token endpoint"]),
    ...(keys.length > 0 ? [] : ["its key set is empty"]),
    ...(methods && !methods.includes("S256") ? ["it does not offer PKCE with S256"] : []),
    ...(missing.length > 0 ? [`it does not offer the scope ${missing.join(" and ")}`] : []),
  ];
}

/** The innermost words that say something; what the libraries throw holds no secret of ours. */
function findingOf(error: unknown): string {
  const words: string[] = [];
  for (let each = error; each instanceof Error && words.length < 4; each = each.cause)
    if (each.message) words.push(each.message);
  return words.join(": ").slice(0, 400) || "it does not answer";
}
