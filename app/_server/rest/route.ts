import { z } from "zod";
import type { Caller } from "#lib/operations/caller.ts";
import { validated } from "#lib/operations/validated.ts";
import { readCsvBody, readJsonBody } from "./read-body.ts";
import { readQuery } from "./read-query.ts";
import { withoutUnknownFields } from "./strict-body.ts";
import type { Tag } from "./tags.ts";

export type Method = "GET" | "POST" | "PUT" | "DELETE";

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
  isIdempotent?: boolean;
  /** Answers only when the platform has answered. */
  asksPlatform?: boolean;
  status: 200 | 201 | 202;
  hasLocation: boolean;
  result: z.ZodType;
  /** What else than JSON it may answer. */
  otherMedia?: string[];
  answer(caller: Caller, asked: Asked): Promise<Answer | StreamedAnswer>;
};

export type BodySchema = z.ZodType<object>;
export type Asked = { params: Record<string, string>; request: Request };
/** Sent piece by piece, as a file. */
export type StreamedAnswer = {
  status: number;
  pieces: AsyncGenerator<string, void, undefined>;
  contentType: string;
  fileName: string;
};
/** `location` is below /api/v1. */
export type Answer = { status: number; body: unknown; location?: string };

type ParamsOf<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}`
  ? Record<Name, string> & ParamsOf<Rest>
  : unknown;

type Optional<Given, Schema> = Schema extends z.ZodType ? z.output<Schema> : Given;
type BodyOf<Body> = Body extends "csv" ? { csv: string } : Optional<unknown, Body>;
type Key<IsIdempotent> = IsIdempotent extends true ? { idempotencyKey?: string } : unknown;

type Spec<Path extends string, Query, Body, IsIdempotent, Result extends z.ZodType> = {
  id: string;
  tag: Tag;
  summary: string;
  description?: string;
  query?: Query;
  body?: Body;
  example?: Body extends z.ZodType ? z.input<Body> : string;
  isIdempotent?: IsIdempotent;
  asksPlatform?: boolean;
  status?: Route["status"];
  result: Result;
  location?: (result: z.input<Result>) => string;
  operate(
    caller: Caller,
    input: ParamsOf<Path> & Optional<unknown, Query> & BodyOf<Body> & Key<IsIdempotent>,
  ): Promise<z.input<Result>>;
};

export const IdempotencyKey = z
  .object({
    "Idempotency-Key": z
      .string()
      .trim()
      .min(1)
      .max(255)
      .meta({ description: "the same request under the same key is done once, within seven days" }),
  })
  .partial();

/** Defines a route from the schemas that validate it, so that its document cannot differ. */
export function defineRoute<
  const Path extends string,
  Result extends z.ZodType,
  Query extends z.ZodObject | undefined = undefined,
  Body extends BodySchema | "csv" | undefined = undefined,
  IsIdempotent extends boolean = false,
>(method: Method, path: Path, spec: Spec<Path, Query, Body, IsIdempotent, Result>): Route {
  const { operate, location, status = 200, ...described } = spec;
  const body: Route["body"] =
    spec.body instanceof z.ZodType ? withoutUnknownFields(spec.body) : spec.body;
  return {
    ...described,
    method,
    path,
    body,
    status,
    hasLocation: location !== undefined,
    async answer(caller, { params, request }) {
      const input = {
        ...readQuery(new URL(request.url).searchParams, spec.query),
        ...(await readBody(request, body)),
        ...(spec.isIdempotent && readIdempotencyKey(request)),
        ...params,
      };
      // Each part was read by the schema that its part of the type comes from.
      const result = await operate(caller, input as Parameters<typeof operate>[1]);
      return { status, body: result, location: location?.(result) };
    },
  };
}

async function readBody(request: Request, body: Route["body"]): Promise<object> {
  if (body === undefined) return {};
  if (body === "csv") return { csv: await readCsvBody(request) };
  return validated(body, await readJsonBody(request));
}

function readIdempotencyKey(request: Request): { idempotencyKey?: string } {
  const given = request.headers.get("idempotency-key") ?? undefined;
  const headers = validated(IdempotencyKey, { "Idempotency-Key": given });
  return { idempotencyKey: headers["Idempotency-Key"] };
}
