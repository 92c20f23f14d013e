import type { Db } from "../client.ts";
import { Prisma } from "../generated/client.ts";
import { countUpToMost, MOST_COUNTED } from "../lists/paging.ts";

/** Scores of a registration that wait to be sent, or are being sent; no more are counted than lists count. */
export async function countWaitingScores(db: Db, registrationId: string): Promise<number> {
  const counted = await countUpToMost(
    db,
    Prisma.sql`
      FROM score s JOIN line_item li ON li.id = s.line_item_id JOIN course c ON c.id = li.course_id
     WHERE s.state IN ('pending', 'sending')
       AND c.registration_id = ${registrationId}::uuid AND c.archived_at IS NULL`,
  );
  return Math.min(counted, MOST_COUNTED);
}
