import type { Connection } from "#lib/sync/tokens/connection.ts";
import { RosterIncomplete } from "../../errors.ts";
import { readRoster } from "./read-roster.ts";

/**
 * Reads a whole roster, writes nothing, and takes whom it lists out of `absent`.
 *
 * @throws RosterIncomplete  it did not reach the end, or could not tell who is who
 */
export async function takeOutListed(
  connection: Connection,
  absent: Set<string>,
  { limit, onPage }: { limit?: number; onPage?: () => void },
): Promise<void> {
  let isWhole = false;
  for await (const page of readRoster(connection, { limit })) {
    for (const { userId, status } of page.memberships)
      if (status !== "deleted") absent.delete(userId);
    for (const { userId } of page.quarantined) if (userId) absent.delete(userId);
    // It may be one of the absent whose entry no longer says so.
    if (page.quarantined.some(({ userId }) => userId === undefined))
      throw new RosterIncomplete("members without a user ID");
    onPage?.();
    if (page.incompleteReason) throw new RosterIncomplete(page.incompleteReason);
    isWhole = page.complete;
  }
  if (!isWhole) throw new RosterIncomplete("no page");
}
