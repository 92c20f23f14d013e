import type { ReadInput, ReadPath, ReadResult } from "#app/_server/rest/reads.ts";

const API_ROOT = "/api/v1";

/** What the cache knows a read by: its address, and the query in the order of its names. */
export type ReadKey = readonly [path: string, query: Record<string, string>];

/** What the server has read for a page. */
export type PrefetchedRead<Data = unknown> = { key: ReadKey; data: Data };

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
