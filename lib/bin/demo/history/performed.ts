import { setTimeout as sleep } from "node:timers/promises";
import { transaction } from "#lib/db/client.ts";
import type { RunKind } from "#lib/db/generated/enums.ts";
import { noteFiring } from "#lib/db/schedules/schedules.ts";
import { listRuns } from "#lib/operations/runs/runs.ts";
import type { HistoryDemo } from "./demo.ts";

const LOOK_AGAIN_MS = 25;

type Scheduled = {
  kind: RunKind;
  registrationId: string;
  courseId: string | null;
  scheduleId: string;
};

/** Has the engine perform a run as its schedule would, and waits for its end. */
export async function performed(demo: HistoryDemo, scheduled: Scheduled): Promise<void> {
  const { db, engine } = demo.runtime;
  await transaction(db, async (tx) => {
    const { run } = await engine.enqueueRun(tx, {
      ...scheduled,
      trigger: "schedule",
      startedBy: "The demo",
    });
    await noteFiring(tx, scheduled.scheduleId, { at: new Date(), runId: run.id, skipped: null });
  });
  await untilAllEnded(demo, scheduled.registrationId);
}

/** Waits until no run of the registration is under way. */
export async function untilAllEnded(
  { caller, signal }: HistoryDemo,
  registrationId: string,
): Promise<void> {
  for (;;) {
    signal.throwIfAborted();
    const state = ["queued", "running"] as ("queued" | "running")[];
    const { total } = await listRuns(caller, { registrationId, state, limit: 1 });
    if (total === 0) return;
    await sleep(LOOK_AGAIN_MS);
  }
}
