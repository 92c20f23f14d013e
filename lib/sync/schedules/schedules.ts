import { enabledSchedules } from "#lib/db/schedules/schedules.ts";
import type { RunQueue } from "../queue/index.ts";
import { fireSchedule, type FiringDeps } from "./fire.ts";

export type Schedules = {
  /** Begins to fire schedules in this process. */
  start(): Promise<void>;
  /**
   * Tells the scheduler what the stored schedules are. They are the truth: what a crash left
   * undone, or a restored backup brought back, is put right by the next call.
   */
  align(): Promise<void>;
};

export function createSchedules(deps: FiringDeps & { queue: RunQueue }): Schedules {
  const { db, queue } = deps;
  const align = () => queue.alignSchedules(() => enabledSchedules(db));
  return {
    async start() {
      await align();
      await queue.workSchedules((scheduleId, signal) => fireSchedule(deps, scheduleId, signal));
    },
    align,
  };
}
