import { createHash } from "node:crypto";
import { ResponseMalformed } from "../../errors.ts";
import { Unusable, parseJsonBody } from "../../values/json-body.ts";
import type { Operation } from "../operations.ts";
import {
  type IncompleteReason,
  type NextStep,
  PagedReading,
  type ReadingLimits,
} from "../pagination.ts";
import { RenewingClient } from "../renewing-client.ts";
import type { RenewClient } from "../renewing-client.ts";
import type { ServiceClient } from "../service-client.ts";

/** A row of a container that cannot be used, and why. */
export type QuarantinedRow = { index: number; reason: string };

/** One page of line items or results. */
export type ContainerPage<Row> = {
  index: number;
  rows: Row[];
  quarantined: QuarantinedRow[];
  nextUrl?: string;
  /** This is the last page, and nothing speaks against having seen every row. */
  complete: boolean;
  incompleteReason?: IncompleteReason;
};

/** Everything a reading found; see `ContainerPage` for `complete`. */
export type ContainerRows<Row> = Omit<ContainerPage<Row>, "index" | "nextUrl">;

export type ContainerRequest<Row> = {
  operation: Operation;
  url: string;
  limits: ReadingLimits;
  scopes: readonly string[];
  accept: string;
  parse(value: unknown, pageUrl: string): Row | Unusable;
  renew?: RenewClient;
  signal?: AbortSignal;
};

/**
 * Reads the pages of an AGS container; a row that cannot be used is set apart.
 *
 * The next page is asked for as it is named; no filter is applied to it again.
 *
 * @throws NextPageUnsafe     after the page whose link leads to another origin
 * @throws ResponseMalformed  a page is no list
 * @see AGS 2.0 §3.2.4, §3.3.6
 */
export async function* streamContainer<Row>(
  client: ServiceClient,
  request: ContainerRequest<Row>,
): AsyncGenerator<ContainerPage<Row>, void, undefined> {
  const { operation, scopes, accept, signal } = request;
  const reading = new PagedReading(request.url, request.limits);
  const sender = new RenewingClient(client, request.renew);
  let url: string | undefined = request.url;
  for (let index = 0; url !== undefined; index++) {
    const reply = await sender.request({
      operation,
      service: "grades",
      method: "GET",
      url,
      scopes,
      accept,
      signal,
    });
    const rows = parseRows(reply.body, { operation, url, status: reply.status });
    const step = reading.after(reply, rows.length === 0 ? "" : digestOf(reply.body));
    yield { index, ...sortRows(rows, (row) => request.parse(row, reply.url)), ...describe(step) };
    if (step.kind === "stop" && step.error) throw step.error;
    url = step.kind === "follow" ? step.url : undefined;
  }
}

/** All pages of a container as one. */
export async function collectRows<Row>(
  pages: AsyncIterable<ContainerPage<Row>>,
): Promise<ContainerRows<Row>> {
  const all: ContainerRows<Row> = { rows: [], quarantined: [], complete: false };
  for await (const page of pages) {
    for (const row of page.rows) all.rows.push(row);
    for (const row of page.quarantined) all.quarantined.push(row);
    all.complete = page.complete;
    all.incompleteReason = page.incompleteReason;
  }
  return all;
}

function describe(
  step: NextStep,
): Pick<ContainerPage<never>, "nextUrl" | "complete" | "incompleteReason"> {
  if (step.kind === "follow") return { nextUrl: step.url, complete: false };
  return step.kind === "end"
    ? { complete: true }
    : { complete: false, incompleteReason: step.reason };
}

// Kept from page to page in place of the page itself.
function digestOf(body: string): string {
  return createHash("sha256").update(body).digest("base64");
}

function parseRows(
  body: string,
  facts: { operation: Operation; url: string; status: number },
): unknown[] {
  const parsed = parseJsonBody(body, facts);
  if (Array.isArray(parsed)) return parsed;
  throw new ResponseMalformed("body", "is not a list", facts);
}

function sortRows<Row>(
  values: unknown[],
  parse: (value: unknown) => Row | Unusable,
): { rows: Row[]; quarantined: QuarantinedRow[] } {
  const rows: Row[] = [];
  const quarantined: QuarantinedRow[] = [];
  for (const [index, value] of values.entries()) {
    const parsed = parse(value);
    if (parsed instanceof Unusable) quarantined.push({ index, reason: parsed.reason });
    else rows.push(parsed);
  }
  return { rows, quarantined };
}
