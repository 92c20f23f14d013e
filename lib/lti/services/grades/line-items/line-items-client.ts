import { CoupledLineItem, LineItemInvalid, ResponseMalformed } from "../../../errors.ts";
import { Unusable, parseJsonBody } from "../../../values/json-body.ts";
import type { PlatformReply } from "../../../http/perform.ts";
import { MEDIA_TYPE } from "../../../values/media-types.ts";
import type { IncompleteReason, ReadingLimits } from "../../pagination.ts";
import type { RenewClient } from "../../renewing-client.ts";
import { SCOPE } from "../../../scopes.ts";
import type { ServiceClient } from "../../service-client.ts";
import { addParameters, isSameAddress } from "../../../values/service-url.ts";
import { collectRows, streamContainer } from "../container-pages.ts";
import type { ContainerPage, QuarantinedRow } from "../container-pages.ts";
import { lineItemUrlOf, lineItemsUrlOf } from "../grades-urls.ts";
import { changedLineItem, checkLineItem, lineItemToJson, parseLineItem } from "./line-item.ts";
import type { LineItem, LineItemChanges, LineItemInput } from "./line-item.ts";

export type LineItemsOptions = ReadingLimits & {
  resourceLinkId?: string;
  resourceId?: string;
  tag?: string;
  /** Line items per page; a hint that the platform may ignore. */
  limit?: number;
  /** Called when the token expires or dies on the way, so that the reading goes on where it was. */
  renew?: RenewClient;
  signal?: AbortSignal;
};

export type OneLineItemOptions = { lineItemUrl?: string; signal?: AbortSignal };

const READING_SCOPES = [SCOPE.lineItem, SCOPE.lineItemReadonly];

/**
 * Reads the line items of a context page by page; filters are applied by the platform and again
 * here.
 *
 * @throws LtiError  see `ServiceClient.request`
 * @see AGS 2.0 §3.2.4
 */
export async function* streamLineItems(
  client: ServiceClient,
  options: LineItemsOptions = {},
): AsyncGenerator<ContainerPage<LineItem>, void, undefined> {
  const pages = streamContainer<LineItem>(client, {
    operation: "line_items.list",
    url: addParameters(lineItemsUrlOf(client), {
      resource_link_id: options.resourceLinkId,
      resource_id: options.resourceId,
      tag: options.tag,
      limit: options.limit,
    }),
    limits: options,
    scopes: READING_SCOPES,
    accept: MEDIA_TYPE.lineItemContainer,
    parse: parseLineItem,
    renew: options.renew,
    signal: options.signal,
  });
  for await (const page of pages) {
    yield { ...page, rows: page.rows.filter((item) => isWanted(item, options)) };
  }
}

/** All line items of a context at once. @see AGS 2.0 §3.2.4 */
export async function listLineItems(
  client: ServiceClient,
  options: LineItemsOptions = {},
): Promise<{
  lineItems: LineItem[];
  quarantined: QuarantinedRow[];
  complete: boolean;
  incompleteReason?: IncompleteReason;
}> {
  const { rows, ...rest } = await collectRows(streamLineItems(client, options));
  return { lineItems: rows, ...rest };
}

/** Reads one line item; the endpoint's own unless another is named. @see AGS 2.0 §3.2.3 */
export async function getLineItem(
  client: ServiceClient,
  options: OneLineItemOptions = {},
): Promise<LineItem> {
  const reply = await client.request({
    operation: "line_item.get",
    service: "grades",
    method: "GET",
    url: lineItemUrlOf(client, options.lineItemUrl),
    scopes: READING_SCOPES,
    accept: MEDIA_TYPE.lineItem,
    signal: options.signal,
  });
  return readLineItem(reply);
}

/**
 * Creates a line item; a second call makes a second column, so see `findOrCreateLineItem`.
 *
 * @throws LineItemInvalid  before anything is sent
 * @throws UnknownOutcome   it may have been created; look it up before creating it again
 * @see AGS 2.0 §3.2.5
 */
export async function createLineItem(
  client: ServiceClient,
  input: LineItemInput,
  options: { signal?: AbortSignal } = {},
): Promise<LineItem> {
  checkLineItem(input);
  const reply = await client.request({
    operation: "line_item.create",
    service: "grades",
    method: "POST",
    url: lineItemsUrlOf(client),
    scopes: [SCOPE.lineItem],
    accept: MEDIA_TYPE.lineItem,
    contentType: MEDIA_TYPE.lineItem,
    body: lineItemToJson(input),
    signal: options.signal,
  });
  return readLineItem(reply);
}

/**
 * Changes a line item: reads it, applies the changes and replaces it whole.
 *
 * What is not named stays, members that this library does not know or cannot read included; its
 * address and resource link cannot be changed. A function is given what was read, may throw to
 * stop before anything is replaced, and changes nothing by null.
 *
 * @throws LineItemInvalid  before anything is replaced
 * @see AGS 2.0 §3.2.6
 */
export async function updateLineItem(
  client: ServiceClient,
  changes: LineItemChanges | ((current: LineItem) => LineItemChanges | null),
  options: OneLineItemOptions = {},
): Promise<LineItem> {
  client.requireScope(SCOPE.lineItem);
  if (typeof changes !== "function") checkChanges(changes);
  const current = await getLineItem(client, options);
  const asked = typeof changes === "function" ? changes(current) : changes;
  if (asked === null) return current;
  checkChanges(asked);
  const wanted = changedLineItem(current, asked);
  checkLineItem(wanted);
  const reply = await client.request({
    operation: "line_item.update",
    service: "grades",
    method: "PUT",
    url: lineItemUrlOf(client, options.lineItemUrl),
    scopes: [SCOPE.lineItem],
    accept: MEDIA_TYPE.lineItem,
    contentType: MEDIA_TYPE.lineItem,
    body: lineItemToJson(wanted),
    signal: options.signal,
  });
  return reply.body.trim() === "" ? wanted : readLineItem(reply);
}

/**
 * Deletes a line item, and with it the results it holds.
 *
 * @throws CoupledLineItem  before anything is sent: it belongs to the resource link
 * @see AGS 2.0 §3.2.3, §4.3
 */
export async function deleteLineItem(
  client: ServiceClient,
  options: { lineItemUrl: string; force?: boolean; signal?: AbortSignal },
): Promise<void> {
  const coupled = client.endpoints.grades?.lineItemUrl;
  if (coupled && isSameAddress(coupled, options.lineItemUrl) && !options.force) {
    throw new CoupledLineItem(options.lineItemUrl);
  }
  await client.request({
    operation: "line_item.delete",
    service: "grades",
    method: "DELETE",
    url: options.lineItemUrl,
    scopes: [SCOPE.lineItem],
    signal: options.signal,
  });
}

function checkChanges(changes: LineItemChanges): void {
  for (const field of ["url", "resourceLinkId"]) {
    if (field in changes) throw new LineItemInvalid(field, "cannot be changed");
  }
}

function isWanted(item: LineItem, asked: LineItemsOptions): boolean {
  return (["resourceLinkId", "resourceId", "tag"] as const).every(
    (name) => asked[name] === undefined || item[name] === asked[name],
  );
}

function readLineItem(reply: PlatformReply): LineItem {
  const facts = { url: reply.url, status: reply.status };
  const item = parseLineItem(parseJsonBody(reply.body, facts), reply.url);
  if (item instanceof Unusable) throw new ResponseMalformed("line item", item.reason, facts);
  return item;
}
