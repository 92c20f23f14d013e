import { notify } from "#lib/db/changes.ts";
import { transaction } from "#lib/db/client.ts";
import { recountMembers } from "#lib/db/rosters/memberships.ts";
import { restoreRunRemovals } from "#lib/db/rosters/removals.ts";
import { audit } from "../audit/trail.ts";
import type { Asker } from "../caller.ts";
import { byId } from "../by-id.ts";
import { Conflict } from "../errors.ts";
import { permit } from "../permit.ts";
import type { RemovalsRestored } from "./schema.ts";

/**
 * Takes back everybody whom a run removed and who is still removed by it: at once, by an applied
 * preview, or by the approval of its holds. A later whole roster that does not list them decides
 * anew.
 *
 * @throws Conflict  the run is under way, or nobody is left to take back
 */
export async function restoreRemovals(
  asker: Asker,
  { runId }: { runId: string },
): Promise<RemovalsRestored> {
  const caller = await permit(asker, "runs:write", { runId });
  return transaction(caller.db, async (tx) => {
    const run = await byId("run", runId, (id) => tx.prisma.run.findUnique({ where: { id } }));
    if (["queued", "running", "paused"].includes(run.state))
      throw new Conflict("the run is under way");
    const courses = await restoreRunRemovals(tx, run.id);
    if (courses.length === 0)
      throw new Conflict(
        "nobody is left whom the run removed: they were taken back, or removed anew",
      );
    const restored = courses.reduce((sum, { people }) => sum + people, 0);
    const { id, registrationId } = run;
    for (const { courseId } of courses) {
      await recountMembers(tx, courseId);
      await notify(tx, { runId: id, courseId, registrationId });
    }
    const detail = { restored, courses: courses.length };
    await audit(tx, caller, { action: "removals.restore", object: "run", objectId: id, detail });
    return { restored, courses: courses.length };
  });
}
