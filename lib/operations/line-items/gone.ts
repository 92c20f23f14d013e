import type { Db } from "#lib/db/client.ts";
import * as stored from "#lib/db/line-items/line-items.ts";
import { hasCode, isCodedError } from "#lib/errors.ts";
import {
  getLineItem,
  type LineItem,
  type ResourceGone,
  type ServiceClient,
} from "#lib/lti/index.ts";

type Connected = {
  call: <Value>(work: (client: ServiceClient) => Promise<Value>) => Promise<Value>;
};

/**
 * The line items of a course that the platform's whole list does not show, and that it does not
 * know by their address either.
 */
export async function goneFrom(
  db: Db,
  {
    course,
    connection,
    lineItems,
  }: { course: { id: string }; connection: Connected; lineItems: readonly LineItem[] },
): Promise<string[]> {
  const listed = new Set(lineItems.map(({ url }) => url));
  const gone: string[] = [];
  for (const { id, url } of await stored.presentLineItems(db, course.id)) {
    if (listed.has(url)) continue;
    if (await isGone(connection, url)) gone.push(id);
  }
  return gone;
}

async function isGone(connection: Connected, lineItemUrl: string): Promise<boolean> {
  try {
    await connection.call((client) => getLineItem(client, { lineItemUrl }));
    return false;
  } catch (error) {
    // What cannot be found out of one line item is no reason to lose the import of the others.
    if (isCodedError(error)) return hasCode<ResourceGone>(error, "lti.resource_gone");
    throw error;
  }
}
