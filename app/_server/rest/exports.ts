import { z } from "zod";
import { recordExport } from "#lib/operations/audit/reading.ts";
import type { Asker } from "#lib/operations/caller.ts";
import type { Page } from "#lib/operations/fields.ts";
import { columnsOf, type Column } from "#lib/operations/lists/columns.ts";
import { BYTE_ORDER_MARK, csvLine } from "#lib/operations/lists/csv.ts";
import { validated } from "#lib/operations/validated.ts";
import type { Route } from "./route.ts";

const ROWS_A_PAGE = 200;

const Format = z.object({ format: z.enum(["csv", "json"]).default("csv") });

/** The exports of all lists among the routes: a list is a GET that is paged by cursor. */
export function exportsOf(routes: readonly Route[]): Route[] {
  return routes.filter(isList).map(exportOf);
}

function isList({ method, query }: Route): boolean {
  return method === "GET" && query !== undefined && "cursor" in query.shape;
}

/** Everything that a list's filter matches, page by page as it is read. */
function exportOf(list: Route): Route {
  const { limit: _, cursor: __, ...filter } = list.query!.shape;
  const { items } = (list.result as z.ZodObject<{ items: z.ZodArray }>).shape;
  const columns = columnsOf(items.element as z.ZodType);
  const query = z.object({ ...filter, ...Format.shape });
  const name = list.id.replace(/^list/, "");
  return {
    method: "GET",
    path: `/exports${list.path}`,
    id: `export${name}`,
    tag: list.tag,
    summary: `${list.summary}: all of them, as a file`,
    description: "Read page by page while it is sent: rows that change meanwhile may be missed.",
    query,
    status: 200,
    hasLocation: false,
    mayFind: false,
    hasVersion: false,
    isConditional: false,
    result: z.array(items.element as z.ZodType),
    otherMedia: ["text/csv"],
    async perform(caller, { format: asked, ...given }: { format?: unknown }) {
      const { format } = validated(Format, { format: asked });
      const pages = pagesOf(list, caller, given);
      // A wrong filter is answered before the file begins.
      const first = await pages.next();
      await recordExport(caller, { list: list.path, filter: given, format });
      const all = withFirst(first.value as Page<unknown>, pages);
      const fileName = `${kebab(name)}.${format}`;
      return format === "csv"
        ? { status: 200, pieces: asCsv(all, columns), contentType: CSV, fileName }
        : { status: 200, pieces: asJson(all), contentType: "application/json", fileName };
    },
  };
}

const CSV = "text/csv; charset=utf-8";

type Pages = AsyncGenerator<Page<unknown>, void, undefined>;

async function* pagesOf(list: Route, caller: Asker, filter: object): Pages {
  let cursor: string | null | undefined;
  do {
    const limit = String(ROWS_A_PAGE);
    const answer = await list.perform(caller, { ...filter, limit, ...(cursor && { cursor }) });
    if (!("body" in answer)) return;
    const page = answer.body as Page<unknown>;
    yield page;
    cursor = page.nextCursor;
  } while (cursor);
}

async function* withFirst(first: Page<unknown>, rest: Pages): Pages {
  yield first;
  yield* rest;
}

async function* asCsv(pages: Pages, columns: Column[]): AsyncGenerator<string, void, undefined> {
  yield BYTE_ORDER_MARK + csvLine(columns.map(({ name }) => name));
  for await (const { items } of pages)
    yield items.map((item) => csvLine(columns.map(({ valueOf }) => valueOf(item)))).join("");
}

async function* asJson(pages: Pages): AsyncGenerator<string, void, undefined> {
  let separator = "[\n";
  for await (const { items } of pages)
    for (const item of items) {
      yield separator + JSON.stringify(item);
      separator = ",\n";
    }
  yield separator === "[\n" ? "[]\n" : "\n]\n";
}

function kebab(name: string): string {
  return name.replaceAll(/([a-z])([A-Z])/g, "$1-$2").toLowerCase();
}
