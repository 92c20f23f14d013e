import { nonceOfState, openLaunchState, sealLaunchState } from "#lib/auth/secrets/launch-state.ts";
import type { Registration } from "#lib/db/generated/client.ts";
import { deleteOldLaunches, registrationById, noteUsedState } from "#lib/db/launches/launches.ts";
import {
  storageOfLaunch as storageOf,
  type LoginStore,
  type PlatformStorage,
} from "#lib/lti/index.ts";
import { hashSecret } from "#lib/lti/launch/login-store.ts";
import type { Asker, Caller } from "../caller.ts";
import { permit } from "../permit.ts";

/** Used states are kept this long after they end, so that a replay is told from an old state. */
const KEPT_MS = 86_400_000;

/**
 * Logins without a row: what a launch needs stands in the state, and the database holds the states
 * that were used. Anybody can start logins, as many as they like; to use one takes a platform.
 */
export function loginStore({ db, engine }: Caller): LoginStore<Registration> {
  const key = engine.sealer.keyFor("launch state");
  return {
    issue({ registration, targetHash, expiresAt }) {
      const state = sealLaunchState(key, {
        registrationId: registration.id,
        targetHash,
        expiresAt,
      });
      return { state, nonce: nonceOfState(key, state) };
    },
    save: async () => undefined,
    async find(_stateHash, state) {
      const facts = openLaunchState(key, state);
      return (facts && (await registrationById(db, facts.registrationId))) ?? undefined;
    },
    async take(stateHash, now, state) {
      const facts = openLaunchState(key, state);
      const registration = facts && (await registrationById(db, facts.registrationId));
      if (!facts || !registration) return undefined;
      const { registrationId, targetHash, expiresAt } = facts;
      const nonceHash = hashSecret(nonceOfState(key, state));
      const login = { registration, stateHash, nonceHash, targetHash, expiresAt };
      // One that has ended is refused anyway, and would be a row for nothing.
      if (expiresAt <= now) return { login, isFirst: true };
      const used = { stateHash, registrationId, expiresAt, usedAt: now };
      const isFirst = await noteUsedState(db, used);
      await deleteOldLaunches(db, new Date(now.getTime() - KEPT_MS));
      return { login, isFirst };
    },
  };
}

/**
 * Where the state of a launch may have been kept, for a browser that brought no cookie.
 *
 * @throws LaunchRefused  the state is not one of ours
 * @see LTI Postmessage Storage 0.1 §3
 */
export async function storageOfLaunch(
  asker: Asker,
  launch: { state: string; frame: string | null },
): Promise<PlatformStorage> {
  const caller = await permit(asker, "launch", "everywhere");
  return storageOf(loginStore(caller), launch);
}
