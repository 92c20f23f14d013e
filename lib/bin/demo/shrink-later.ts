import type { Asker } from "#lib/operations/caller.ts";
import { listCourses } from "#lib/operations/courses/courses.ts";
import { SHRINKING } from "./courses.ts";
import { shrinkRoster } from "./furnish-platform.ts";
import type { DemoPlatform } from "./platform.ts";

const LOOK_EVERY_MS = 1_000;

/**
 * Once the first sync has read the shrinking course's roster, the platform drops two in five
 * of its people, for the second sync to find. Returns the function that stops waiting for it.
 */
export function shrinkAfterFirstSync(
  platform: DemoPlatform,
  caller: Asker,
  registrationId: string,
): () => void {
  let isStopped = false;
  const look = async (): Promise<void> => {
    if (isStopped) return;
    const { items } = await listCourses(caller, { registrationId, limit: 200 });
    const course = items.find(({ contextId }) => contextId === SHRINKING);
    if (course?.rosterSyncedAt) return shrinkRoster(platform, SHRINKING);
    setTimeout(lookAgain, LOOK_EVERY_MS).unref();
  };
  const lookAgain = () =>
    void look().catch((error: unknown) => {
      if (!isStopped) console.error("The demo's roster change failed:", error);
    });
  lookAgain();
  return () => {
    isStopped = true;
  };
}
