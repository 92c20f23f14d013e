import { createDb } from "../client.ts";
import { aliveWorkers } from "../system/workers.ts";

/** Whether a worker performs runs on a database, or may still do so. */
export async function isInUse(url: string): Promise<boolean> {
  const db = createDb({ url, maxConnections: 1 });
  try {
    return (await aliveWorkers(db)).workers > 0;
  } finally {
    await db.close();
  }
}
