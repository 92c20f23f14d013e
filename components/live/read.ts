import type { ReadInput, ReadPath, ReadResult } from "#app/_server/rest/reads.ts";

const API_ROOT = "/api/v1";

/** What the cache knows a read by: its address, and the query in the order of its names. */
export type ReadKey = readonly [path: string, query: Record<string, string>];

/** One reading of the console's own REST API, the same on the server and in the browser. */
export type ReadRequest<Data> = {
  /** Its line in the API's table. */
  path: ReadPath;
  /** Parameters of path and query together, as an operation takes them. */
  input: Record<string, string>;
  key: ReadKey;
  /** While this holds it may change at any moment. */
  isActive(data: Data): boolean;
};

export type Read<Path extends ReadPath> = {
  (input: ReadInput<Path>): ReadRequest<ReadResult<Path>>;
  path: Path;
};

/** A line of the API's table, by its path: the table has the type and the operation. */
export function defineRead<const Path extends ReadPath>(
  path: Path,
  isActive: (data: ReadResult<Path>) => boolean = () => false,
): Read<Path> {
  const request = (given: ReadInput<Path>): ReadRequest<ReadResult<Path>> => {
    const input = asText(given);
    return { path, input, key: keyOf(path, input), isActive };
  };
  return Object.assign(request, { path });
}

function asText(given: object): Record<string, string> {
  return Object.fromEntries(
    Object.entries(given)
      .filter(([, value]) => value !== undefined && value !== "")
      .map(([name, value]) => [name, String(value)]),
  );
}

function keyOf(path: string, input: Record<string, string>): ReadKey {
  const query = { ...input };
  const address = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    delete query[name];
    return encodeURIComponent(input[name] ?? "");
  });
  const sorted = Object.entries(query).sort(([a], [b]) => a.localeCompare(b));
  return [API_ROOT + address, Object.fromEntries(sorted)];
}

/** An answer other than 2xx, in the words of its problem details (RFC 9457). */
export class ApiProblem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    /** What was wrong with single fields of the question. */
    readonly reasons: readonly string[] = [],
  ) {
    super(message);
    this.name = "ApiProblem";
  }
}

export async function fetchRead<Data>([path, query]: ReadKey, signal: AbortSignal): Promise<Data> {
  const search = new URLSearchParams(query).toString();
  const response = await fetch(search === "" ? path : `${path}?${search}`, {
    signal,
    headers: { accept: "application/json" },
  });
  const body: unknown = await response.json().catch(() => null);
  if (response.ok) return body as Data;
  throw toProblem(response.status, body);
}

function toProblem(status: number, body: unknown): ApiProblem {
  const problem = typeof body === "object" && body !== null ? body : {};
  const code = "code" in problem ? String(problem.code) : `http.${status}`;
  const message =
    "detail" in problem && problem.detail
      ? String(problem.detail)
      : "title" in problem && problem.title
        ? String(problem.title)
        : `the server answered ${status}`;
  const fields = "fields" in problem ? Object.values(problem.fields ?? {}) : [];
  return new ApiProblem(status, code, message, fields.flat().map(String));
}
