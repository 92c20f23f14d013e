/** The console's own REST resources, as the browser reads them. */

export type ResourceQuery = Record<string, string | number | null | undefined>;
export type ResourceKey = readonly [path: string, query: Record<string, string>];

/** An answer other than 2xx, as RFC 9457 told it. */
export class ApiProblem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
  ) {
    super(message);
    this.name = "ApiProblem";
  }
}

export function resourceKey(path: string, query: ResourceQuery = {}): ResourceKey {
  const given = Object.entries(query)
    .filter(([, value]) => value !== undefined && value !== null && value !== "")
    .map(([name, value]): [string, string] => [name, String(value)])
    .sort(([a], [b]) => a.localeCompare(b));
  return [path, Object.fromEntries(given)];
}

export function resourceAddress([path, query]: ResourceKey): string {
  const search = new URLSearchParams(query).toString();
  return search === "" ? path : `${path}?${search}`;
}

export async function readResource<Data>(key: ResourceKey, signal: AbortSignal): Promise<Data> {
  const response = await fetch(resourceAddress(key), {
    signal,
    headers: { accept: "application/json" },
  });
  const body: unknown = await response.json().catch(() => null);
  if (response.ok) return body as Data;
  throw toProblem(response.status, body);
}

function toProblem(status: number, body: unknown): ApiProblem {
  const told = typeof body === "object" && body !== null ? body : {};
  const code = "code" in told ? String(told.code) : `http.${status}`;
  const message =
    "detail" in told && told.detail
      ? String(told.detail)
      : "title" in told && told.title
        ? String(told.title)
        : `the server answered ${status}`;
  return new ApiProblem(status, code, message);
}
