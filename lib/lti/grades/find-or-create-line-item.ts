import { ResponseMalformed, UnknownOutcome } from "../errors.ts";
import type { ServiceClient } from "../service-client.ts";
import type { LineItem, LineItemInput } from "./line-item.ts";
import { createLineItem, listLineItems } from "./line-items-client.ts";

/** What identifies a tool's own line item, through course copies too. */
export type WantedLineItem = LineItemInput & { resourceId: string };

/**
 * Finds the line item with this resource ID and tag, and creates it only if there is none.
 *
 * Keeps course copies and lost replies from making a second column: the list must have been
 * read to its end, and after a create without an answer it is read again.
 *
 * @throws ResponseMalformed  the list could not be read to its end
 * @throws UnknownOutcome     the create got no answer, and the line item is not there
 * @see AGS 2.0 §3.2.15
 */
export async function findOrCreateLineItem(
  client: ServiceClient,
  wanted: WantedLineItem,
  options: { signal?: AbortSignal } = {},
): Promise<{ lineItem: LineItem; wasCreated: boolean }> {
  const found = await findLineItem(client, wanted, options);
  if (found) return { lineItem: found, wasCreated: false };
  try {
    return { lineItem: await createLineItem(client, wanted, options), wasCreated: true };
  } catch (error) {
    if (!(error instanceof UnknownOutcome)) throw error;
    const created = await findLineItem(client, wanted, options);
    if (!created) throw error;
    return { lineItem: created, wasCreated: true };
  }
}

async function findLineItem(
  client: ServiceClient,
  { resourceId, tag, resourceLinkId }: WantedLineItem,
  { signal }: { signal?: AbortSignal },
): Promise<LineItem | undefined> {
  const list = await listLineItems(client, { resourceId, tag, resourceLinkId, signal });
  const found = list.lineItems.find((item) => item.tag === tag);
  if (found) return found;
  if (!list.complete) {
    const reason = `were not read to their end (${list.incompleteReason})`;
    throw new ResponseMalformed("line items", reason, { operation: "line_items.list" });
  }
  return undefined;
}
