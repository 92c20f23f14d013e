import type { SessionLimits } from "#lib/auth/sign-in/store.ts";
import type { Db } from "../client.ts";

const SESSIONS = "sign_in.sessions";

const STANDARD_SESSION_LIMITS: SessionLimits = { idleHours: 8, longestHours: 168 };

export async function sessionLimits(db: Db): Promise<SessionLimits> {
  const setting = await db.prisma.setting.findUnique({ where: { key: SESSIONS } });
  return setting ? (setting.value as SessionLimits) : STANDARD_SESSION_LIMITS;
}

export async function saveSessionLimits(db: Db, limits: SessionLimits): Promise<void> {
  await db.prisma.setting.upsert({
    where: { key: SESSIONS },
    create: { key: SESSIONS, value: limits },
    update: { value: limits },
  });
}
