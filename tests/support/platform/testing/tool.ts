import { randomUUID } from "node:crypto";
import { calculateJwkThumbprint, exportJWK, generateKeyPair, SignJWT, type JWTPayload } from "jose";
import type { PlatformClient } from "#tests/support/platform/index.ts";
import { ALL_SCOPES, JWT_BEARER } from "#tests/support/platform/wire.ts";

type TokenReply = { access_token: string; token_type: string; expires_in: number; scope: string };
type TokenAsk = {
  scope?: string;
  claims?: JWTPayload;
  header?: Record<string, string>;
  form?: Record<string, string>;
};

/** One for all tests, as making one takes a quarter of a second. */
const keyPair = generateKeyPair("RS256", { extractable: true });

/** A small tool of raw fetch and jose, to look at the platform with. */
export class Tool {
  private constructor(
    private readonly platform: PlatformClient,
    private readonly privateKey: CryptoKey,
    readonly kid: string,
    readonly clientId: string,
  ) {}

  static async register(
    platform: PlatformClient,
    registration: Partial<Parameters<PlatformClient["addRegistration"]>[0]> = {},
  ): Promise<Tool> {
    const { publicKey, privateKey } = await keyPair;
    const jwk = await exportJWK(publicKey);
    const kid = await calculateJwkThumbprint(jwk);
    const { jwksUrl } = await platform.hostToolJwks({
      name: randomUUID(),
      jwks: { keys: [{ ...jwk, kid, alg: "RS256", use: "sig" }] },
    });
    const { clientId } = await platform.addRegistration({ jwksUrl, ...registration });
    return new Tool(platform, privateKey, kid, clientId);
  }

  async assertion({ claims = {}, header = {} }: TokenAsk = {}): Promise<string> {
    const now = Math.floor(Date.now() / 1000);
    return new SignJWT({
      iss: this.clientId,
      sub: this.clientId,
      aud: this.platform.tokenEndpoint,
      iat: now,
      exp: now + 300,
      jti: randomUUID(),
      ...claims,
    })
      .setProtectedHeader({ alg: "RS256", kid: this.kid, ...header })
      .sign(this.privateKey);
  }

  async askToken(ask: TokenAsk = {}): Promise<Response> {
    const form = new URLSearchParams({
      grant_type: "client_credentials",
      client_assertion_type: JWT_BEARER,
      client_assertion: await this.assertion(ask),
      scope: ask.scope ?? ALL_SCOPES.join(" "),
      ...ask.form,
    });
    return fetch(this.platform.tokenEndpoint, { method: "POST", body: form });
  }

  async token(scope?: string): Promise<string> {
    const response = await this.askToken({ scope });
    return ((await response.json()) as TokenReply).access_token;
  }
}

export function get(url: string, token: string, accept: string): Promise<Response> {
  return fetch(url, { headers: { Authorization: `Bearer ${token}`, Accept: accept } });
}

export function send(
  url: string,
  token: string,
  { method = "POST", type, body }: { method?: string; type: string; body: unknown },
): Promise<Response> {
  return fetch(url, {
    method,
    headers: { Authorization: `Bearer ${token}`, "Content-Type": type },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
}
