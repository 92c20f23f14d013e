import { setTimeout as delay } from "node:timers/promises";
import { notify } from "#lib/db/changes.ts";
import { transaction } from "#lib/db/client.ts";
import * as stored from "#lib/db/system/demo-data.ts";
import type { MoveRefused } from "#lib/db/errors.ts";
import { hasCode } from "#lib/errors.ts";
import { audit } from "../audit/trail.ts";
import type { Asker, Caller } from "../caller.ts";
import { permit, permitProven } from "../permit.ts";
import { Conflict } from "../errors.ts";
import { getRegistration } from "../registrations/registrations.ts";
import type { RegistrationView } from "../registrations/schema.ts";
import type { DemoDataRemoved } from "./schema.ts";

const PATIENCE_MS = 15_000;
const LOOK_EVERY_MS = 250;

/** Marks a registration as made up: it wears a badge, and goes when the demo's data goes. */
export async function markAsDemo(
  asker: Asker,
  { registrationId }: { registrationId: string },
): Promise<RegistrationView> {
  const caller = await permit(asker, "admin", "everywhere");
  const { id } = await getRegistration(caller, { registrationId });
  await transaction(caller.db, (tx) => stored.setDemo(tx, id));
  return getRegistration(caller, { registrationId: id });
}

/**
 * Cancels the demo's syncs, then deletes its registrations, courses, rosters, scores and runs.
 * Nothing else is touched.
 *
 * @throws Conflict  a sync is still ending
 */
export async function removeDemoData(asker: Asker): Promise<DemoDataRemoved> {
  const caller = await permitProven(asker, "admin", "everywhere");
  await cancelDemoRuns(caller);
  return transaction(caller.db, async (tx) => {
    const { registrationIds, courses } = await stored.deleteDemoData(tx);
    const removed = { registrations: registrationIds.length, courses };
    if (registrationIds.length === 0) return removed;
    await audit(tx, caller, {
      action: "demo_data.remove",
      object: "registration",
      objectId: null,
      detail: removed,
    });
    for (const registrationId of registrationIds) await notify(tx, { registrationId });
    return removed;
  });
}

/** A worker must not find its run gone under it. */
async function cancelDemoRuns({ db, engine }: Caller): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const runIds = await stored.unfinishedDemoRuns(db);
    if (runIds.length === 0) return;
    if (Date.now() > deadline) {
      throw new Conflict("a sync of the demo data is still ending, try again in a moment");
    }
    for (const runId of runIds)
      await transaction(db, (tx) => engine.cancelRun(tx, runId, "the removal of the demo")).catch(
        (error: unknown) => {
          // It ended meanwhile.
          if (!hasCode<MoveRefused>(error, "sync.move_refused")) throw error;
        },
      );
    await delay(LOOK_EVERY_MS);
  }
}
