import { ResponseMalformed } from "../errors.ts";
import { Unusable, parseJsonBody } from "../json-body.ts";
import type { Operation } from "../operations.ts";
import { PageWalk } from "../page-walk.ts";
import type { IncompleteReason } from "../page-walk.ts";
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

/** Everything a walk found; see `ContainerPage` for `complete`. */
export type ContainerRows<Row> = Omit<ContainerPage<Row>, "index" | "nextUrl">;

export type ContainerRequest<Row> = {
  operation: Operation;
  url: string;
  scopes: readonly string[];
  accept: string;
  parse(value: unknown, pageUrl: string): Row | Unusable;
  renew?: RenewClient;
  signal?: AbortSignal;
};

const MOST_PAGES = 10_000;

/** Walks over the pages of an AGS container; a row that cannot be used is set apart. */
export async function* streamContainer<Row>(
  client: ServiceClient,
  request: ContainerRequest<Row>,
): AsyncGenerator<ContainerPage<Row>, void, undefined> {
  const { operation, scopes, accept, signal } = request;
  const walk = new PageWalk(request.url, MOST_PAGES);
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
    const step = walk.after(reply);
    yield {
      index,
      ...sortRows(rows, (row) => request.parse(row, reply.url)),
      ...(step.kind === "follow" && { nextUrl: step.url }),
      complete: step.kind === "end",
      ...(step.kind === "stop" && { incompleteReason: step.reason }),
    };
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
    all.quarantined.push(...page.quarantined);
    all.complete = page.complete;
    all.incompleteReason = page.incompleteReason;
  }
  return all;
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
