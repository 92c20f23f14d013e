import packageJson from "../../../package.json" with { type: "json" };
import { findDemoData } from "#lib/db/system/demo-data.ts";
import { enginePause } from "#lib/db/system/pauses.ts";
import { databaseVersion } from "#lib/db/open.ts";
import { isWorkerAlive, listWorkers } from "#lib/db/system/workers.ts";
import type { Asker } from "../caller.ts";
import { permit } from "../permit.ts";
import type { SystemView } from "./schema.ts";

export const VERSION = packageJson.version;

/** What this installation is made of, and whether its engine runs. */
export async function getSystem(asker: Asker): Promise<SystemView> {
  const { db, engine, settings, now } = await permit(asker, "read", "within");
  const [workers, version, demo, paused, secretOpens] = await Promise.all([
    listWorkers(db),
    databaseVersion(db),
    findDemoData(db),
    enginePause(db),
    engine.hasRightSecret(),
  ]);
  const seen = workers.map((worker) => ({ ...worker, isAlive: isWorkerAlive(worker, now()) }));
  const alive = seen.filter(({ isAlive }) => isAlive);
  return {
    version: VERSION,
    publicUrl: settings.publicUrl,
    jwksUrl: `${settings.publicUrl}/lti/jwks`,
    database: { kind: settings.isDatabaseEmbedded ? "embedded" : "server", version },
    secretOpens,
    engine: {
      alive: alive.length > 0,
      workers: alive.length,
      lastHeartbeatAt: seen[0]?.heartbeatAt.toISOString() ?? null,
    },
    paused,
    workers: seen.map(({ startedAt, heartbeatAt, ...worker }) => ({
      ...worker,
      startedAt: startedAt.toISOString(),
      heartbeatAt: heartbeatAt.toISOString(),
    })),
    isDemo: settings.isDemo,
    hasDemoData: demo !== null,
    demoData: demo,
    allowsPrivateNetwork: settings.allowPrivateNetwork,
  };
}
