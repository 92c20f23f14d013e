import { z } from "zod";
import type { Asker } from "#lib/operations/caller.ts";
import type { Expected } from "#lib/operations/version.ts";
import { withoutUnknownFields } from "./input/strict-body.ts";
import type { Tag } from "./document/tags.ts";

export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/** One line of the API's table: what the document says, and what answers. */
export type Route = {
  method: Method;
  /** Below /api/v1, with `{names}` for its parameters. */
  path: string;
  /** The operation's name. */
  id: string;
  tag: Tag;
  summary: string;
  description?: string;
  query?: z.ZodObject;
  /** A schema for JSON, or CSV as text. */
  body?: BodySchema | "csv";
  /** A body that would be accepted. */
  example?: unknown;
  /** Answers only when the platform has answered. */
  asksPlatform?: boolean;
  /** Its answer holds a secret that is shown once. */
  tellsSecret?: boolean;
  status: 200 | 201 | 202;
  /** Answers 200 instead of `status` where what was asked for is there already. */
  mayFind: boolean;
  /** Its answer has an ETag. */
  hasVersion: boolean;
  /** Heeds `If-Match`. */
  isConditional: boolean;
  hasLocation: boolean;
  result: z.ZodType;
  /** What else than JSON it may answer. */
  otherMedia?: string[];
  /** Calls the operation, which validates the values; the names are checked before. */
  perform(caller: Asker, input: object): Promise<Answer | StreamedAnswer>;
};

/** A route whose path and types are known to who finds it by its path. */
export type TypedRoute<M extends Method, Path extends string, Query, Result> = Route & {
  method: M;
  path: Path;
  /** For the compiler alone; never set. */
  types?: { query: Query; result: Result };
};

/** The parameter that takes `nextCursor`, where there is one. */
export function cursorOf({ method, query }: Pick<Route, "method" | "query">): string | undefined {
  if (method !== "GET" || !query) return undefined;
  return ["cursor", "after"].find((name) => name in query.shape);
}

export type BodySchema = z.ZodType<object>;
/** Sent piece by piece, as a file. */
export type StreamedAnswer = {
  status: number;
  pieces: AsyncGenerator<string, void, undefined>;
  contentType: string;
  fileName: string;
};
/** `location` is below /api/v1. */
export type Answer = {
  status: number;
  body: unknown;
  location?: string;
  version?: string;
  isReplay?: boolean;
};

export type ParamsOf<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}`
  ? Record<Name, string> & ParamsOf<Rest>
  : unknown;

type Optional<Given, Schema> = Schema extends z.ZodType ? z.output<Schema> : Given;
type BodyOf<Body> = Body extends "csv" ? { csv: string } : Optional<unknown, Body>;

type Spec<Path extends string, Query, Body, Result extends z.ZodType> = {
  id: string;
  tag: Tag;
  summary: string;
  description?: string;
  query?: Query;
  body?: Body;
  example?: Body extends z.ZodType ? z.input<Body> : string;
  asksPlatform?: boolean;
  tellsSecret?: boolean;
  status?: Route["status"];
  result: Result;
  /** Null where there is nothing to read. */
  location?: (result: z.input<Result>) => string | null;
  /** True where the result was there before: then it was not made, and 200 says so. */
  wasFound?: (result: z.input<Result>) => boolean;
  /** Of what can be edited, for the ETag. */
  version?: (result: z.input<Result>) => string;
  /** Acts only on a version that the caller has seen; default: where a version is changed. */
  isConditional?: boolean;
  /** Begins with `permit`; as a property, so that one that expects a caller does not fit. */
  operate: (
    caller: Asker,
    input: ParamsOf<Path> & Optional<unknown, Query> & BodyOf<Body> & Expected,
  ) => Promise<z.input<Result>>;
};

/** Defines a route from the schemas of its operation, so that its document cannot differ. */
export function defineRoute<
  const M extends Method,
  const Path extends string,
  Result extends z.ZodType,
  Query extends z.ZodObject | undefined = undefined,
  Body extends BodySchema | "csv" | undefined = undefined,
>(
  method: M,
  path: Path,
  spec: Spec<Path, Query, Body, Result>,
): TypedRoute<M, Path, Optional<unknown, Query>, z.output<Result>> {
  const { operate, location, wasFound, version, status = 200, ...described } = spec;
  const isConditional =
    spec.isConditional ?? (version !== undefined && (method === "PUT" || method === "PATCH"));
  return {
    ...described,
    method,
    path,
    body: spec.body instanceof z.ZodType ? withoutUnknownFields(spec.body) : spec.body,
    status,
    hasLocation: location !== undefined,
    mayFind: wasFound !== undefined,
    hasVersion: version !== undefined,
    isConditional,
    async perform(caller, input) {
      // What came in is not typed yet: the operation validates it by the very same schemas.
      const result = await operate(caller, input as Parameters<typeof operate>[1]);
      const headers = { location: location?.(result) ?? undefined, version: version?.(result) };
      return { status: wasFound?.(result) ? 200 : status, body: result, ...headers };
    },
  };
}
