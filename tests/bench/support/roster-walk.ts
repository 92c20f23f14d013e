import {
  createAccessToken,
  createPlatformFetch,
  createRegistration,
  fromAccessToken,
  importSigningKey,
  streamMemberships,
} from "#lib/lti/index.ts";
import type { GeneratedSigningKey } from "#lib/lti/index.ts";

/** What the parent process tells this one: a course, and a token for it. */
export type RosterLock = {
  issuer: string;
  clientId: string;
  tokenEndpoint: string;
  privateJwk: GeneratedSigningKey["privateJwk"];
  token: { token: string; scopes: string[]; expiresAt: string };
  membershipsUrl: string;
  warmUpUrl: string;
  pageLimit: number;
};

/** Bytes above the idle process: all of it, and what was still in use after a collection. */
export type RosterMemory = { members: number; peakRss: number; peakLive: number; seconds: number };

const collect = globalThis.gc;

async function readRoster(walk: RosterLock): Promise<RosterMemory> {
  if (!collect) throw new Error("run with --expose-gc");
  const fetch = createPlatformFetch({ allowPrivateNetwork: true });
  const client = await connect(walk, fetch);
  const pagesOf = (url: string) => streamMemberships(client, { url: addLimit(url, walk) });
  // Code and connection are loaded first, so that they count as idle.
  for await (const page of pagesOf(walk.warmUpUrl)) void page;
  collect();
  const idle = process.memoryUsage();
  const seen = { members: 0, peakRss: 0, peakLive: 0 };
  const startedAt = performance.now();
  for await (const page of pagesOf(walk.membershipsUrl)) {
    seen.members += page.memberships.length;
    seen.peakRss = Math.max(seen.peakRss, process.memoryUsage.rss() - idle.rss);
    if (page.index % 10 !== 0) continue;
    collect();
    seen.peakLive = Math.max(seen.peakLive, process.memoryUsage().heapUsed - idle.heapUsed);
  }
  await fetch.close();
  return { ...seen, seconds: (performance.now() - startedAt) / 1_000 };
}

async function connect(walk: RosterLock, fetch: ReturnType<typeof createPlatformFetch>) {
  const { issuer, clientId, tokenEndpoint, privateJwk, token, membershipsUrl } = walk;
  const signingKey = await importSigningKey(privateJwk);
  const registration = { issuer, clientId, tokenEndpoint, signingKey, allowHttp: true };
  const accessToken = createAccessToken({
    token: token.token,
    requestedScopes: token.scopes,
    grantedScopes: token.scopes,
    obtainedAt: new Date(),
    expiresAt: new Date(token.expiresAt),
  });
  const memberships = { contextMembershipsUrl: membershipsUrl };
  return fromAccessToken(createRegistration(registration), { memberships }, accessToken, { fetch });
}

function addLimit(url: string, { pageLimit }: RosterLock): string {
  return `${url}?limit=${pageLimit}`;
}

process.once("message", (walk: RosterLock) => {
  void readRoster(walk).then((memory) => process.send?.(memory, () => process.disconnect()));
});
