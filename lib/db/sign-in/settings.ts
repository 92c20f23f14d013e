import type { SessionRules } from "#lib/auth/sign-in/store.ts";
import type { Db } from "../client.ts";
import { readSetting, saveSetting } from "../system/settings.ts";

const SESSIONS = "sign_in.sessions";

const STANDARD: SessionRules = {
  idleHours: 8,
  longestHours: 168,
  askAgainMinutes: 15,
  adminsNeedSecondFactor: false,
};

export async function sessionRules(db: Db): Promise<SessionRules> {
  const stored = (await readSetting(db, SESSIONS)) as Partial<SessionRules> | null;
  return { ...STANDARD, ...stored };
}

export async function saveSessionRules(db: Db, rules: SessionRules): Promise<void> {
  await saveSetting(db, SESSIONS, rules);
}
