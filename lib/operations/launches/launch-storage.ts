import type { Registration } from "#lib/db/generated/client.ts";
import {
  deleteOldLaunches,
  insertLaunch,
  registrationOfLaunch,
  takeLaunch,
} from "#lib/db/launches/launches.ts";
import {
  storageOfLaunch as storageOf,
  type LoginStore,
  type PlatformStorage,
} from "#lib/lti/index.ts";
import type { Asker, Caller } from "../caller.ts";
import { permit } from "../permit.ts";

/** Kept this long after they end, so that a replay is known from a state nobody knows. */
const KEPT_MS = 86_400_000;

/** Logins in the database, shared by all processes. */
export function loginStore({ db }: Caller): LoginStore<Registration> {
  return {
    async save({ registration, ...login }, now) {
      await deleteOldLaunches(db, new Date(now.getTime() - KEPT_MS));
      await insertLaunch(db, { ...login, registrationId: registration.id });
    },
    find: async (stateHash) => (await registrationOfLaunch(db, stateHash)) ?? undefined,
    async take(stateHash, now) {
      const { launch, isFirst } = await takeLaunch(db, stateHash, now);
      return launch ? { login: launch, isFirst } : undefined;
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
