import type { Db } from "#lib/db/client.ts";
import { findPause } from "#lib/db/system/pauses.ts";
import { formatDateTime } from "#lib/format.ts";
import { PAUSE_WORDS } from "#lib/sync/index.ts";
import { Conflict } from "../errors.ts";

/** @throws Conflict  nothing is synced there, who stopped it, and what to do */
export async function refusePaused(
  tx: Db,
  target: { registrationId: string; courseId: string | null },
): Promise<void> {
  const pause = await findPause(tx, target);
  if (!pause) return;
  const since = formatDateTime(pause.at.toISOString(), "UTC");
  throw new Conflict(`${PAUSE_WORDS[pause.scope]} by ${pause.by} since ${since}: resume it first`);
}
