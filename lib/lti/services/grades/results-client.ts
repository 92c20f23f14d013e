import { NextPageUnsafe } from "../../errors.ts";
import { MEDIA_TYPE } from "../../values/media-types.ts";
import type { RenewClient } from "../renewing-client.ts";
import { SCOPE } from "../../scopes.ts";
import type { ServiceClient } from "../service-client.ts";
import { addParameters } from "../../values/service-url.ts";
import { collectRows, streamContainer } from "./container-pages.ts";
import type { ContainerPage, QuarantinedRow } from "./container-pages.ts";
import type { IncompleteReason, ReadingLimits } from "../pagination.ts";
import { lineItemUrlOf, resultsUrl } from "./grades-urls.ts";
import { parseResult } from "./result.ts";
import type { Result } from "./result.ts";

export type ResultsOptions = ReadingLimits & {
  lineItemUrl?: string;
  /** Only this person's result; also filtered here. */
  userId?: string;
  /** Results per page; a hint that the platform may ignore. */
  limit?: number;
  /** `nextUrl` of an earlier page, to go on after it; must be at the line item's own origin. */
  pageUrl?: string;
  /** Called when the token expires or dies on the way, so that the reading goes on where it was. */
  renew?: RenewClient;
  signal?: AbortSignal;
};

/**
 * Reads the results of a line item page by page.
 *
 * Platforms may leave out people without a value.
 *
 * @throws LtiError  see `ServiceClient.request`
 * @see AGS 2.0 §3.3
 */
export async function* streamResults(
  client: ServiceClient,
  options: ResultsOptions = {},
): AsyncGenerator<ContainerPage<Result>, void, undefined> {
  const { userId, pageUrl } = options;
  const address = resultsUrl(lineItemUrlOf(client, options.lineItemUrl));
  if (pageUrl !== undefined && new URL(pageUrl).origin !== new URL(address).origin)
    throw new NextPageUnsafe(pageUrl, "it is at another origin", { url: address });
  const pages = streamContainer<Result>(client, {
    operation: "results.list",
    url: pageUrl ?? addParameters(address, { user_id: userId, limit: options.limit }),
    limits: options,
    scopes: [SCOPE.resultReadonly],
    accept: MEDIA_TYPE.resultContainer,
    parse: parseResult,
    renew: options.renew,
    signal: options.signal,
  });
  for await (const page of pages) {
    const rows = page.rows.filter((result) => userId === undefined || result.userId === userId);
    yield { ...page, rows };
  }
}

/** All results of a line item at once. @see AGS 2.0 §3.3.6 */
export async function listResults(
  client: ServiceClient,
  options: ResultsOptions = {},
): Promise<{
  results: Result[];
  quarantined: QuarantinedRow[];
  complete: boolean;
  incompleteReason?: IncompleteReason;
}> {
  const { rows, ...rest } = await collectRows(streamResults(client, options));
  return { results: rows, ...rest };
}
