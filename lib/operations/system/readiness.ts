import type { Db } from "#lib/db/client.ts";
import { pendingMigrations } from "#lib/db/migrate/index.ts";
import { aliveWorkers } from "#lib/db/system/workers.ts";
import type { Engine } from "#lib/sync/index.ts";

export { isDatabaseDown } from "#lib/db/errors.ts";

export type Readiness = {
  isReady: boolean;
  checks: Record<"database" | "migrations" | "secret" | "worker", "ok" | "failed" | "unknown">;
};

const PATIENCE_MS = 2_000;

/**
 * Whether this process can do its work: the database answers and has every migration, the secret
 * opens the signing key, and some worker performs runs. Platforms are not asked: that one of them is down is no fault of ours.
 */
export async function readReadiness(
  db: Db,
  engine: Pick<Engine, "hasRightSecret">,
): Promise<Readiness> {
  const [pending, isRight, alive] = await Promise.all([
    answerOf(pendingMigrations(db)),
    answerOf(engine.hasRightSecret()),
    answerOf(aliveWorkers(db)),
  ]);
  const checks = {
    database: passed(alive !== undefined),
    migrations: pending === undefined ? "unknown" : passed(pending.length === 0),
    secret: isRight === undefined ? "unknown" : passed(isRight),
    worker: alive === undefined ? "unknown" : passed(alive.workers > 0),
  } as const;
  return { isReady: Object.values(checks).every((check) => check === "ok"), checks };
}

const passed = (isOk: boolean) => (isOk ? "ok" : "failed");

/** Undefined when it fails, or takes too long for who asks. */
async function answerOf<Value>(asking: Promise<Value>): Promise<Value | undefined> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const impatience = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), PATIENCE_MS);
  });
  try {
    return await Promise.race([asking, impatience]);
  } catch {
    return undefined;
  } finally {
    clearTimeout(timer);
  }
}
