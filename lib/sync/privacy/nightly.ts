import { setTimeout as delay } from "node:timers/promises";
import type { Db } from "#lib/db/client.ts";
import { noteListedAgain } from "#lib/db/privacy/erased.ts";
import { PORTIONS, sweepExpired } from "#lib/db/privacy/portions.ts";
import {
  claimPass,
  readRetention,
  RETENTION_CLASSES,
  savePass,
  type RetentionPass,
} from "#lib/db/privacy/settings.ts";

const DAY_MS = 86_400_000;
/** In UTC: night in Europe, evening in America. */
const FROM_HOUR = 3;
/** After each portion, so that others can use the database. */
const PAUSE_MS = 50;
const LOOK_MS = 600_000;

/**
 * Removes, once a night and in one process, what is kept no longer; call it often. A start that
 * missed the night makes up for it at once.
 */
export function createNightly(deps: { db: Db; signal: AbortSignal }): () => Promise<void> {
  const { db, signal } = deps;
  let lookedAt = 0;
  let isRunning = false;
  return async () => {
    if (isRunning || Date.now() - lookedAt < LOOK_MS) return;
    lookedAt = Date.now();
    isRunning = true;
    try {
      await noteListedAgain(db);
      const now = new Date();
      if (await claimPass(db, now, lastNight(now))) await removeOld(db, now, signal);
    } finally {
      isRunning = false;
    }
  };
}

/** The last moment at which a pass was due. */
export function lastNight(now: Date): Date {
  const night = new Date(now);
  night.setUTCHours(FROM_HOUR, 0, 0, 0);
  return night > now ? new Date(night.getTime() - DAY_MS) : night;
}

/** Removes what is older than its class is kept, in portions; returns what it did. */
export async function removeOld(db: Db, now: Date, signal?: AbortSignal): Promise<RetentionPass> {
  const retention = await readRetention(db);
  const pass: RetentionPass = { startedAt: now.toISOString(), finishedAt: null, removed: {} };
  await sweepExpired(db);
  for (const name of RETENTION_CLASSES) {
    const days = retention[name];
    if (days === null) continue;
    pass.removed[name] = 0;
    for await (const removed of PORTIONS[name](db, new Date(now.getTime() - days * DAY_MS))) {
      pass.removed[name] += removed;
      if (signal?.aborted) return pass;
      if (removed > 0) await delay(PAUSE_MS);
    }
  }
  pass.finishedAt = new Date().toISOString();
  await savePass(db, pass);
  return pass;
}
