import { transaction } from "#lib/db/client.ts";
import { readLastPass, readRetention, saveRetention } from "#lib/db/privacy/settings.ts";
import { audit, changesBetween } from "../audit/trail.ts";
import type { Asker } from "../caller.ts";
import { permit, permitProven } from "../permit.ts";
import { validated } from "../validated.ts";
import { Retention, type RetentionView } from "./schema.ts";

/** How long what is kept, and what the last night removed. */
export async function getRetention(asker: Asker): Promise<RetentionView> {
  const { db } = await permit(asker, "admin", "everywhere");
  const [retention, lastPass] = await Promise.all([readRetention(db), readLastPass(db)]);
  return { ...retention, lastPass };
}

/** Counts from the next night on. */
export async function changeRetention(asker: Asker, input: Retention): Promise<RetentionView> {
  const caller = await permitProven(asker, "admin", "everywhere");
  const retention = validated(Retention, input);
  await transaction(caller.db, async (tx) => {
    const changes = changesBetween(await readRetention(tx), retention);
    await saveRetention(tx, retention);
    const entry = { action: "retention.change", object: "installation", objectId: null };
    await audit(tx, caller, { ...entry, detail: { changes } });
  });
  return getRetention(asker);
}
