import type { Db } from "../client.ts";

/** Waits until no other transaction holds the lock of this name, and holds it to the end of this one. */
export async function lock(tx: Db, name: string): Promise<void> {
  await tx.execute("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", [name]);
}
