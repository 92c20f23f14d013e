import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import {
  authenticate,
  createPlatformFetch,
  createRegistration,
  generateSigningKey,
  importSigningKey,
  publicJwks,
} from "#lib/lti/index.ts";
import { startPlatform } from "#tests/support/platform/index.ts";
import type { PlatformClient } from "#tests/support/platform/index.ts";
import type { RosterMemory, RosterLock } from "./support/roster-walk.ts";
import { printTable } from "./support/table.ts";

export type { RosterMemory } from "./support/roster-walk.ts";

export const ROSTER_SIZES = [1_000, 10_000, 100_000] as const;

const PAGE_LIMIT = 200;
const WARM_UP_MEMBERS = 4 * PAGE_LIMIT;

/** What streaming a roster takes above the idle process, each size in a process of its own. */
export async function measureRosterMemory(
  sizes: readonly number[] = ROSTER_SIZES,
): Promise<RosterMemory[]> {
  const platform = await startPlatform();
  try {
    const access = await openAccess(platform);
    const warmUp = await platform.addCourse({ members: WARM_UP_MEMBERS });
    const measured: RosterMemory[] = [];
    for (const members of sizes) {
      const { membershipsUrl } = await platform.addCourse({ members });
      measured.push(
        await walkInProcess({ ...access, membershipsUrl, warmUpUrl: warmUp.membershipsUrl }),
      );
    }
    return measured;
  } finally {
    await platform.stop();
  }
}

/** Measures and prints. */
export async function benchRosterMemory(): Promise<void> {
  const rows = (await measureRosterMemory()).map(({ members, peakRss, peakLive, seconds }) => ({
    members: members.toLocaleString("en"),
    "peak above idle": megabytes(peakRss),
    "of it in use": megabytes(peakLive),
    seconds: seconds.toFixed(1),
  }));
  printTable(`Memory of a streamed roster, pages of ${PAGE_LIMIT}`, rows);
}

async function openAccess(platform: PlatformClient) {
  const { publicJwk, privateJwk } = await generateSigningKey();
  const jwks = publicJwks([publicJwk]);
  const { jwksUrl } = await platform.hostToolJwks({ name: "bench", jwks });
  const { clientId, issuer, tokenEndpoint } = await platform.addRegistration({ jwksUrl });
  const signingKey = await importSigningKey(privateJwk);
  const registration = { clientId, issuer, tokenEndpoint, signingKey, allowHttp: true };
  const fetch = createPlatformFetch({ allowPrivateNetwork: true });
  const memberships = { contextMembershipsUrl: `${platform.url}/courses/1/memberships` };
  const client = await authenticate(createRegistration(registration), { memberships }, { fetch });
  await fetch.close();
  const { token, grantedScopes, expiresAt } = client.accessToken;
  return {
    ...{ clientId, issuer, tokenEndpoint, privateJwk, pageLimit: PAGE_LIMIT },
    token: { token, scopes: [...grantedScopes], expiresAt: expiresAt.toISOString() },
  };
}

async function walkInProcess(walk: RosterLock): Promise<RosterMemory> {
  const script = fileURLToPath(new URL("support/roster-walk.ts", import.meta.url));
  const child = fork(script, { execArgv: ["--expose-gc", "--import", "tsx"] });
  child.send(walk);
  const [memory] = (await once(child, "message")) as [RosterMemory];
  await once(child, "exit");
  return memory;
}

function megabytes(bytes: number): string {
  return `${(bytes / 1_048_576).toFixed(1)} MB`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await benchRosterMemory();
