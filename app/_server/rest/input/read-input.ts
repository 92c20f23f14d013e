import { z } from "zod";
import { InvalidInput } from "#lib/operations/errors.ts";
import { readCsvBody, readJsonBody } from "./read-body.ts";
import { readIfMatch } from "./if-match.ts";
import { readQuery } from "./read-query.ts";
import type { Route } from "../route.ts";

export type Asked = { params: Record<string, string>; request: Request };

/**
 * What a request hands to its operation, as it came: the names of parameters and fields are
 * checked here, their values by the operation, once.
 *
 * @throws InvalidInput  a parameter or field that the route does not know
 */
export async function readInput(route: Route, { params, request }: Asked): Promise<object> {
  return {
    ...readQuery(new URL(request.url).searchParams, route.query),
    ...(await readBody(request, route.body)),
    ...params,
    ...readIfMatch(request, route),
  };
}

async function readBody(request: Request, body: Route["body"]): Promise<object> {
  if (body === undefined) return {};
  if (body === "csv") return { csv: await readCsvBody(request) };
  return withKnownFields(body, await readJsonBody(request));
}

/** A field with a typing error in its name would else be one that was left out. */
function withKnownFields(schema: z.ZodType, body: unknown): object {
  if (typeof body !== "object" || body === null || Array.isArray(body)) {
    throw new InvalidInput({ "": ["must be a JSON object"] });
  }
  if (!(schema instanceof z.ZodObject)) return body;
  const unknown = Object.keys(body).filter((name) => !Object.hasOwn(schema.shape, name));
  if (unknown.length === 0) return body;
  const known = Object.keys(schema.shape).join(", ");
  const message = `is unknown: this body takes ${known}`;
  throw new InvalidInput(Object.fromEntries(unknown.map((name) => [name, [message]])));
}
