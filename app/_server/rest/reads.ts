import type { ParamsOf, TypedRoute } from "./route.ts";
import type { TABLE } from "./routes/index.ts";

type Get = Extract<(typeof TABLE)[number], { method: "GET" }>;
type GetAt<Path extends ReadPath> = Extract<Get, { path: Path }>;
type TypesAt<Path extends ReadPath> =
  GetAt<Path> extends TypedRoute<"GET", Path, infer Query, infer Result>
    ? { query: Query; result: Result }
    : never;

/** What can be read, by its path below /api/v1: the GET lines of the API's table. */
export type ReadPath = Get["path"];

export type ReadResult<Path extends ReadPath> = TypesAt<Path>["result"];

/** The parameters of a path with those of its query, as an address spells them. */
export type ReadInput<Path extends ReadPath> = ParamsOf<Path> & {
  [Name in keyof TypesAt<Path>["query"]]?: string | number;
};
