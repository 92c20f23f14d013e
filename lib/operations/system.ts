import packageJson from "../../package.json" with { type: "json" };
import { databaseVersion } from "#lib/db/version.ts";
import { isWorkerAlive, listWorkers } from "#lib/db/workers.ts";
import type { Caller } from "./caller.ts";
import type { SystemView } from "./schemas/system.ts";

/** What this installation is made of, and whether its engine runs. */
export async function getSystem({ db, settings, now }: Caller): Promise<SystemView> {
  const [workers, version] = await Promise.all([listWorkers(db), databaseVersion(db)]);
  const seen = workers.map((worker) => ({ ...worker, isAlive: isWorkerAlive(worker, now()) }));
  const alive = seen.filter(({ isAlive }) => isAlive);
  return {
    version: packageJson.version,
    publicUrl: settings.publicUrl,
    jwksUrl: `${settings.publicUrl}/lti/jwks`,
    database: { kind: settings.isDatabaseEmbedded ? "embedded" : "server", version },
    engine: {
      alive: alive.length > 0,
      workers: alive.length,
      lastHeartbeatAt: seen[0]?.heartbeatAt.toISOString() ?? null,
    },
    workers: seen.map(({ startedAt, heartbeatAt, ...worker }) => ({
      ...worker,
      startedAt: startedAt.toISOString(),
      heartbeatAt: heartbeatAt.toISOString(),
    })),
    isDemo: settings.isDemo,
    allowsPrivateNetwork: settings.allowPrivateNetwork,
  };
}
