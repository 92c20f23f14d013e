import { ServiceNotOffered } from "../../errors.ts";
import type { ServiceClient } from "../service-client.ts";
import { appendPath } from "../../values/service-url.ts";

/** Where scores of a line item are posted. @see AGS 2.0 §3.4.1 */
export function scoresUrl(lineItemUrl: string): string {
  return appendPath(lineItemUrl, "scores");
}

/** Where results of a line item are read. @see AGS 2.0 §3.3.1 */
export function resultsUrl(lineItemUrl: string): string {
  return appendPath(lineItemUrl, "results");
}

/** The line item that was asked for, else the endpoint's own. */
export function lineItemUrlOf(client: ServiceClient, asked: string | undefined): string {
  const url = asked ?? client.endpoints.grades?.lineItemUrl;
  if (url === undefined) throw new ServiceNotOffered("a line item");
  return url;
}

/** The line items container of the endpoint. */
export function lineItemsUrlOf(client: ServiceClient): string {
  const url = client.endpoints.grades?.lineItemsUrl;
  if (url === undefined) throw new ServiceNotOffered("line items");
  return url;
}
