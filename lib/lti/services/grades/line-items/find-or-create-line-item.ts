import { ResponseMalformed, UnknownOutcome } from "../../../errors.ts";
import type { ServiceClient } from "../../service-client.ts";
import type { LineItem, LineItemInput } from "./line-item.ts";
import { createLineItem, listLineItems } from "./line-items-client.ts";

/** What identifies a tool's own line item, through course copies too. */
export type WantedLineItem = LineItemInput & { resourceId: string };

/**
 * Finds the line item with this resource ID and tag, and creates it only if there is none.
 *
 * Keeps course copies and lost replies from making a second column: the list must have been
 * read to its end, and after a create whose answer was lost or cannot be read it is read again.
 * A wanted resource link is matched by a line item of that link, or by one of none, because
 * platforms may ignore the link of a new line item.
 *
 * @throws ResponseMalformed  the list could not be read to its end, or not in every row
 * @throws UnknownOutcome     the create got no answer, and the line item is not there
 * @see AGS 2.0 §3.2.10, §3.2.11, §3.2.15
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
    if (!(error instanceof UnknownOutcome || error instanceof ResponseMalformed)) throw error;
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
  const list = await listLineItems(client, { resourceId, tag, signal });
  // No tag was wanted: a line item with one is another line item of the same resource.
  const candidates = list.lineItems.filter((item) => item.tag === tag);
  const found =
    candidates.find((item) => item.resourceLinkId === resourceLinkId) ??
    candidates.find((item) => resourceLinkId === undefined || item.resourceLinkId === undefined);
  if (found) return found;
  const refuse = (reason: string) =>
    new ResponseMalformed("line items", reason, { operation: "line_items.list" });
  if (!list.complete) throw refuse(`were not read to their end (${list.incompleteReason})`);
  if (list.quarantined.length > 0) throw refuse("hold one that cannot be read");
  return undefined;
}
