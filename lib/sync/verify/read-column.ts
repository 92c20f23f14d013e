import { streamResults } from "#lib/lti/index.ts";
import type { Connection } from "../tokens/connection.ts";
import type { Held } from "./judge.ts";

/** What one read of a column showed; who is absent has nothing only if all of it was seen. */
export type ColumnReading = { held: Map<string, Held>; isWhole: boolean };

/** All results of a line item, page by page. */
export function readColumn(connection: Connection, lineItemUrl: string): Promise<ColumnReading> {
  return connection.call(async (client) => {
    const reading: ColumnReading = { held: new Map(), isWhole: false };
    let unreadable = 0;
    for await (const page of streamResults(client, { lineItemUrl })) {
      for (const { userId, resultScore, resultMaximum } of page.rows)
        reading.held.set(userId, { resultScore, resultMaximum });
      unreadable += page.quarantined.length;
      reading.isWhole = page.complete && unreadable === 0;
    }
    return reading;
  });
}
