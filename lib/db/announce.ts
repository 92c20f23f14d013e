import type { Change } from "./changes.ts";
import type { Tx } from "./client.ts";

/** Tells the pages that watch, when the transaction commits. */
export async function announceChange(tx: Tx, change: Change): Promise<void> {
  await tx.$executeRaw`SELECT pg_notify('rollbook_changes', ${JSON.stringify(change)})`;
}
