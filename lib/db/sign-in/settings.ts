import type { SessionLimits } from "#lib/auth/sign-in/store.ts";
import type { Db } from "../client.ts";
import { readSetting, saveSetting } from "../system/settings.ts";

const SESSIONS = "sign_in.sessions";

const STANDARD_SESSION_LIMITS: SessionLimits = { idleHours: 8, longestHours: 168 };

export async function sessionLimits(db: Db): Promise<SessionLimits> {
  const stored = (await readSetting(db, SESSIONS)) as SessionLimits | null;
  return stored ?? STANDARD_SESSION_LIMITS;
}

export async function saveSessionLimits(db: Db, limits: SessionLimits): Promise<void> {
  await saveSetting(db, SESSIONS, limits);
}
