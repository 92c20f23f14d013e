import type { Db } from "../client.ts";
import { readSetting, saveSetting } from "../system/settings.ts";

/** Days that each class of data is kept; null: for ever. */
export type Retention = Record<RetentionClass, number | null>;

export const RETENTION_CLASSES = [
  "leftMembers",
  "rosterChanges",
  "outcomes",
  "events",
  "tokenRequests",
  "connectionTests",
  "launchSessions",
  "audit",
] as const;
export type RetentionClass = (typeof RETENTION_CLASSES)[number];

const STANDARD: Retention = {
  leftMembers: 365,
  rosterChanges: 365,
  outcomes: 365,
  events: 180,
  tokenRequests: 90,
  connectionTests: 365,
  launchSessions: 7,
  audit: 730,
};

/** The last night's pass: what it removed of each class. */
export type RetentionPass = {
  startedAt: string;
  /** Null while it goes on, and where its process ended before it did. */
  finishedAt: string | null;
  removed: Partial<Record<RetentionClass, number>>;
};

const RETENTION = "privacy.retention";
const PASS = "privacy.last_pass";

export async function readRetention(db: Db): Promise<Retention> {
  return { ...STANDARD, ...((await readSetting(db, RETENTION)) as Partial<Retention> | null) };
}

export const saveRetention = (db: Db, retention: Retention) =>
  saveSetting(db, RETENTION, retention);

export async function readLastPass(db: Db): Promise<RetentionPass | null> {
  const pass = (await readSetting(db, PASS)) as (RetentionPass & { isAwaited?: true }) | null;
  return pass?.isAwaited ? null : pass;
}

export const savePass = (db: Db, pass: RetentionPass) => saveSetting(db, PASS, pass);

/**
 * Begins a pass, unless one of any process began since `since`. The first ever is put off to the
 * next night, so that an installation that is upgraded can be told how long it keeps what.
 */
export async function claimPass(db: Db, now: Date, since: Date): Promise<boolean> {
  const begun = { startedAt: now.toISOString(), finishedAt: null, removed: {} };
  const isFirst = await db.execute(
    `INSERT INTO setting (key, value, updated_at) VALUES ($1, $2::jsonb, now())
     ON CONFLICT (key) DO NOTHING`,
    [PASS, JSON.stringify({ ...begun, isAwaited: true })],
  );
  if (isFirst > 0) return false;
  const claimed = await db.execute(
    `UPDATE setting SET value = $2::jsonb, updated_at = now()
      WHERE key = $1 AND value ->> 'startedAt' < $3::text`,
    [PASS, JSON.stringify(begun), since.toISOString()],
  );
  return claimed > 0;
}
