import type { Route } from "../../../app/_server/rest/route.ts";
import type { Api, Asked } from "#tests/support/api.ts";
import { NOBODY, type Objects } from "./stage.ts";

const QUERIES: Record<string, string> = {
  "/schedule-preview": "?cron=0 2 * * *&timeZone=UTC",
  "/schedule-week": "?timeZone=UTC",
  "/saved-views": "?list=runs",
  "/search": "?q=somebody",
};

/** Of nothing there, unless it is said of what; with the document's example for a body. */
export async function askRoute(api: Api, route: Route, asked: Asked, objects: Objects = {}) {
  const isRead = route.method === "GET";
  const query =
    (isRead && QUERIES[route.path]) || (route.path.startsWith("/exports/") ? "?format=json" : "");
  const given = { ...asked, headers: { ...asked.headers }, ...bodyOf(route, objects) };
  if (route.body === "csv") Object.assign(given.headers, { "content-type": "text/csv" });
  return api.ask<{ code?: string } | null>(
    route.method,
    filled(route.path, objects) + query,
    given,
  );
}

export function filled(path: string, objects: Objects): string {
  return path.replaceAll(/\{(\w+)\}/g, (_, name: string) => objects[name] ?? NOBODY);
}

/** Where the body names an object it is one of these. */
function bodyOf({ body, example }: Route, objects: Objects): Asked {
  if (body === undefined) return {};
  if (body === "csv") return { body: String(example) };
  const text = JSON.stringify(example, (key, value: unknown) =>
    key in objects && typeof value === "string" && key !== "deploymentId" ? objects[key] : value,
  );
  return { json: JSON.parse(text) as unknown };
}
