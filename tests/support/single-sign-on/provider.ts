import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { exportJWK, generateKeyPair, type JWK } from "jose";
import Provider from "oidc-provider";

export const CLIENT = {
  clientId: "rollbook",
  clientSecret: "a secret of the tests and the provider",
};

export type Person = {
  email?: string;
  email_verified?: boolean;
  name?: string;
  groups?: string[];
};

/** A real provider of OpenID Connect, on a port of its own; whoever types a name is that person. */
export type TestProvider = {
  issuer: string;
  /** The key that it signs with, for tests that sign what it would not. */
  key: JWK;
  /** By what is typed as login; the subject is the same. */
  people: Record<string, Person>;
  stop(): Promise<void>;
};

export async function startProvider(options: {
  redirectUri: string;
  port?: number;
  people?: Record<string, Person>;
}): Promise<TestProvider> {
  const people = options.people ?? {};
  const { privateKey } = await generateKeyPair("RS256", { extractable: true });
  const key = { ...(await exportJWK(privateKey)), kid: "provider-1", alg: "RS256", use: "sig" };
  const server = createServer();
  await new Promise<void>((done) => server.listen(options.port ?? 0, "127.0.0.1", done));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: CLIENT.clientId,
        client_secret: CLIENT.clientSecret,
        redirect_uris: [options.redirectUri],
        response_types: ["code"],
        grant_types: ["authorization_code"],
      },
    ],
    jwks: { keys: [key] },
    cookies: { keys: ["cookies of the tests"] },
    claims: {
      openid: ["sub"],
      email: ["email", "email_verified"],
      profile: ["name"],
      groups: ["groups"],
    },
    pkce: { required: () => true },
    findAccount: (_context, id) => ({
      accountId: id,
      claims: () => Promise.resolve({ sub: id, ...people[id] }),
    }),
    // Nobody is asked for consent.
    async loadExistingGrant({ oidc: { client, session, provider: own } }) {
      const grant = new own.Grant({
        clientId: client!.clientId,
        accountId: session!.accountId!,
      });
      grant.addOIDCScope("openid email profile groups");
      await grant.save();
      return grant;
    },
  });
  server.on("request", provider.callback());
  return { issuer, key, people, stop: () => stopped(server) };
}

function stopped(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((done) => void server.close(() => done()));
}

/** Cookies of a browser at the provider, by name. */
export type Jar = Map<string, string>;

/**
 * Goes the way of a browser at the provider, as `login`, and answers the query it comes back with.
 * A browser that was there before keeps its `jar`, and is asked for nothing unless it must be.
 */
export async function visit(
  url: string,
  login: string,
  redirectUri: string,
  jar: Jar = new Map(),
): Promise<string> {
  let next = { url, body: undefined as string | undefined };
  for (let turn = 0; turn < 10; turn++) {
    const reply = await fetch(next.url, {
      method: next.body === undefined ? "GET" : "POST",
      body: next.body,
      redirect: "manual",
      headers: {
        cookie: [...jar].map(([name, value]) => `${name}=${value}`).join("; "),
        ...(next.body !== undefined && { "content-type": "application/x-www-form-urlencoded" }),
      },
    });
    for (const cookie of reply.headers.getSetCookie()) {
      const [pair = ""] = cookie.split(";", 1);
      jar.set(pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1));
    }
    const location = reply.headers.get("location");
    if (location?.startsWith(redirectUri)) return new URL(location).search;
    next =
      location === null
        ? { url: next.url, body: `prompt=login&login=${encodeURIComponent(login)}&password=x` }
        : { url: new URL(location, next.url).href, body: undefined };
    if (location === null) await reply.arrayBuffer();
  }
  throw new Error("the provider never sent the browser back");
}
