import type { ZodOpenApiResponseObject } from "zod-openapi";
import { ProblemDetails } from "../problems/problem-schema.ts";
import type { Route } from "../route.ts";

const problem = (description: string, headers?: ZodOpenApiResponseObject["headers"]) => ({
  description,
  ...(headers && { headers }),
  content: { "application/problem+json": { schema: ProblemDetails } },
});

const RETRY_AFTER = { "Retry-After": { schema: { type: "integer" as const } } };
const ETAG = { ETag: { schema: { type: "string" as const } } };
const CHALLENGE = { "WWW-Authenticate": { schema: { type: "string" as const } } };

/** What may go wrong, under the names that operations refer to. */
export const RESPONSES = {
  BodyMalformed: problem("The body is not JSON in UTF-8, or has a name twice in one object."),
  NotAuthenticated: problem("No API key and no session, or one that is no longer good.", CHALLENGE),
  Refused: problem("A session cookie with a request from another site."),
  NotFound: problem("There is no such thing."),
  Conflict: problem("What is stored stands against it."),
  VersionMismatch: problem(
    "The ETag in If-Match is no longer the present one; `facts.current` has what is stored.",
    ETAG,
  ),
  BodyTooLarge: problem("The body is too large."),
  MediaTypeRefused: problem("The body has another media type."),
  InvalidInput: problem("Parameters or fields are not valid; `fields` says which and why."),
  TooManyRequests: problem("More than the limit of requests a minute.", RETRY_AFTER),
  Unexpected: problem("A fault of Rollbook's; the log knows it by the request ID."),
  PlatformFailed: problem("The platform refused or failed; `facts` has its own words."),
  Unavailable: problem("The database is away, or the platform limits requests.", RETRY_AFTER),
} satisfies Record<string, ZodOpenApiResponseObject>;

/** What they act on stands in the body. */
const NAMES_ITS_TARGET = new Set(["startRun", "createSchedule"]);

export function documentedProblems(route: Route): Record<string, { $ref: string }> {
  const writes = route.method !== "GET";
  const applies: [string, keyof typeof RESPONSES, boolean][] = [
    ["400", "BodyMalformed", route.body !== undefined && route.body !== "csv"],
    ["401", "NotAuthenticated", true],
    ["403", "Refused", writes],
    ["404", "NotFound", route.path.includes("{") || NAMES_ITS_TARGET.has(route.id)],
    ["409", "Conflict", writes],
    ["412", "VersionMismatch", route.isConditional],
    ["413", "BodyTooLarge", route.body !== undefined],
    ["415", "MediaTypeRefused", route.body !== undefined],
    ["422", "InvalidInput", true],
    ["429", "TooManyRequests", true],
    ["500", "Unexpected", true],
    ["502", "PlatformFailed", route.asksPlatform ?? false],
    ["503", "Unavailable", true],
  ];
  const refs = applies.filter(([, , does]) => does);
  return Object.fromEntries(
    refs.map(([status, name]) => [status, { $ref: `#/components/responses/${name}` }]),
  );
}
