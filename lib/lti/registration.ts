import type { CryptoKey } from "jose";
import { RegistrationInvalid } from "./errors.ts";
import { parseServiceUrl } from "./values/service-url.ts";

export type OriginState = "approved" | "pending" | "declined";

/** What somebody decided about an origin, asked before each request that bears a token. */
export type OriginRule = (origin: string) => Promise<OriginState>;

/** A private key that signs client assertions with RS256, and the `kid` it is published under. */
export type SigningKey = { kid: string; privateKey: CryptoKey };

/**
 * What a platform and this tool agreed on: one issuer and client ID.
 *
 * Build it with `createRegistration`, which checks it.
 */
export type Registration = {
  readonly issuer: string;
  readonly clientId: string;
  readonly tokenEndpoint: string;
  /** `aud` of the client assertion: the token endpoint unless the platform wants another. */
  readonly audience: string | readonly string[];
  /** `typ` of the client assertion's header: `JWT`, or `client-authentication+jwt` (RFC 10070). */
  readonly assertionType: string;
  /**
   * Seconds by which assertions are backdated: 0, except where a platform gives no leeway to a
   * clock that runs ahead of its own.
   */
  readonly assertionBackdateS: number;
  /** Sent in the assertion where the platform scopes tokens to one deployment. */
  readonly deploymentId?: string;
  readonly signingKey: SigningKey;
  /** The key in use at the moment of signing, for work that outlives a rotation. */
  readonly currentKey?: () => Promise<SigningKey>;
  readonly authorizationEndpoint?: string;
  readonly jwksUrl?: string;
  /** Plain http is accepted; only for platforms on a private network. */
  readonly allowHttp: boolean;
  /**
   * Where access tokens may go beside the token endpoint's own origin; without it they go to the
   * origins that the endpoints of a client name.
   */
  readonly serviceOrigins?: readonly string[] | OriginRule;
};

export type RegistrationInput = {
  issuer: string;
  clientId: string;
  tokenEndpoint: string;
  audience?: string | readonly string[];
  assertionType?: string;
  assertionBackdateS?: number;
  deploymentId?: string;
  signingKey: SigningKey;
  currentKey?: () => Promise<SigningKey>;
  authorizationEndpoint?: string;
  jwksUrl?: string;
  allowHttp?: boolean;
  serviceOrigins?: readonly string[] | OriginRule;
};

/**
 * Checks what was entered and returns an immutable registration.
 *
 * The issuer is kept to the letter: a trailing slash is part of it.
 *
 * @throws RegistrationInvalid  names the field and the reason
 * @see Security Framework 1.0 §4.1.1
 */
export function createRegistration(input: RegistrationInput): Registration {
  const allowHttp = input.allowHttp ?? false;
  const issuer = checkAddress("issuer", input.issuer, allowHttp);
  if (issuer.search !== "" || issuer.hash !== "" || /[?#]/.test(input.issuer)) {
    throw new RegistrationInvalid("issuer", "must have neither query nor fragment");
  }
  if (input.clientId.trim() === "") throw new RegistrationInvalid("clientId", "must not be empty");
  checkAddress("tokenEndpoint", input.tokenEndpoint, allowHttp);
  for (const field of ["authorizationEndpoint", "jwksUrl"] as const) {
    const address = input[field];
    if (address !== undefined) checkAddress(field, address, allowHttp);
  }
  return Object.freeze({
    ...input,
    audience: checkAudience(input.audience ?? input.tokenEndpoint),
    assertionType: input.assertionType ?? "JWT",
    assertionBackdateS: checkBackdate(input.assertionBackdateS ?? 0),
    signingKey: checkSigningKey(input.signingKey),
    allowHttp,
  });
}

function checkAddress(field: string, address: string, allowHttp: boolean): URL {
  const url = parseServiceUrl(address);
  if (!url) throw new RegistrationInvalid(field, "must be an absolute web address");
  if (url.protocol === "http:" && !allowHttp) {
    throw new RegistrationInvalid(field, "must use https");
  }
  return url;
}

function checkAudience(audience: string | readonly string[]): string | readonly string[] {
  const values = typeof audience === "string" ? [audience] : audience;
  if (values.length === 0 || values.some((value) => value.trim() === "")) {
    throw new RegistrationInvalid("audience", "must not be empty");
  }
  return typeof audience === "string" ? audience : Object.freeze([...audience]);
}

function checkBackdate(seconds: number): number {
  if (Number.isInteger(seconds) && seconds >= 0 && seconds <= 60) return seconds;
  throw new RegistrationInvalid("assertionBackdateS", "must be a whole number up to 60");
}

function checkSigningKey(key: SigningKey): SigningKey {
  if (key.kid === "") throw new RegistrationInvalid("signingKey", "must have a key ID");
  if (key.privateKey.type !== "private" || key.privateKey.algorithm.name !== "RSASSA-PKCS1-v1_5") {
    throw new RegistrationInvalid("signingKey", "must be a private RSA key for RS256");
  }
  return key;
}
