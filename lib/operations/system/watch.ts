import type { Change, ChangeFeed } from "#lib/db/changes.ts";
import { registrationOf } from "#lib/db/registrations/place.ts";
import type { Asker } from "../caller.ts";
import { permit, registrationsOf } from "../permit.ts";

/** The changes that somebody may know of: those to come, and those since a time in milliseconds. */
export type Watched = Pick<ChangeFeed, "subscribe"> & {
  since(timeMs: number): Promise<Change[] | undefined>;
};

/**
 * Changes of the asker's registrations, or all where it is not limited.
 *
 * @throws NotPermitted  the asker may not read
 */
export async function watchChanges(
  asker: Asker,
  feed: Pick<ChangeFeed, "subscribe" | "since">,
): Promise<Watched> {
  const caller = await permit(asker, "read", "within");
  const within = registrationsOf(caller.actor);
  if (within === null)
    return { subscribe: feed.subscribe, since: async (timeMs) => feed.since(timeMs) };

  async function isTheirs({ registrationId, operationId, ...others }: Change): Promise<boolean> {
    const named = [registrationId, operationId, ...Object.values(others)];
    // An empty change says that anything may have happened: it is for everybody.
    if (named.every((id) => id === undefined)) return true;
    const place =
      registrationId ??
      (operationId ? await registrationOf(caller.db, "operationId", operationId) : null);
    return place !== null && within!.includes(place);
  }

  return {
    subscribe: (listener) =>
      feed.subscribe(
        (change) =>
          void isTheirs(change).then(
            (theirs) => theirs && listener(change),
            // Who cannot be asked just now reads everything again.
            () => listener({}),
          ),
      ),
    async since(timeMs) {
      const missed = feed.since(timeMs);
      if (!missed) return undefined;
      const theirs = await Promise.all(missed.map(isTheirs));
      return missed.filter((_, index) => theirs[index]);
    },
  };
}
