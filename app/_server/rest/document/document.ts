import { z } from "zod";
import { createDocument, type ZodOpenApiObject, type ZodOpenApiOperationObject } from "zod-openapi";
import { documentedProblems, RESPONSES } from "./document-problems.ts";
import { IdempotencyKey } from "../perform-once.ts";
import { IfMatch } from "../input/if-match.ts";
import { cursorOf, type Route } from "../route.ts";
import { TAGS } from "./tags.ts";

type About = { version: string; publicUrl: string };
type Document = ReturnType<typeof createDocument>;

const DESCRIPTION = `Registrations, courses, rosters, grades and runs of this installation.

Lists are paged: \`nextCursor\` of one page is \`cursor\` of the next, in the same order: \`sort\` is a
column, with a minus before it for the last first. Every list is exported whole, as CSV or JSON, below
\`/exports\` with the same filter. Times are UTC. Parameters and fields that are not described here
are refused.

Every POST takes an \`Idempotency-Key\`: the same request under the same key is done once. What can
be edited has an \`ETag\`; \`If-Match\` changes only the version that was read. PUT and PATCH change the
fields that are given, and one that is left out keeps its value.`;

/** The OpenAPI document of the routes, out of the schemas that validate them. */
export function openApiDocument(routes: readonly Route[], about: About): Document {
  return createDocument({
    openapi: "3.1.0",
    info: {
      title: "Rollbook",
      version: about.version,
      description: DESCRIPTION,
      license: { name: "Apache License 2.0", identifier: "Apache-2.0" },
    },
    servers: [{ url: `${about.publicUrl}/api/v1` }],
    tags: Object.entries(TAGS).map(([name, description]) => ({ name, description })),
    security: [{ apiKey: [] }, { session: [] }],
    paths: pathsOf(routes),
    components: {
      securitySchemes: {
        apiKey: { type: "http", scheme: "bearer", description: "an API key" },
        session: {
          type: "apiKey",
          in: "cookie",
          name: sessionCookie(about.publicUrl),
          description: "the session of a signed-in operator; changes things from our pages only",
        },
      },
      responses: RESPONSES,
    },
  });
}

function sessionCookie(publicUrl: string): string {
  return `${publicUrl.startsWith("https:") ? "__Secure-" : ""}rollbook.session_token`;
}

function pathsOf(routes: readonly Route[]): ZodOpenApiObject["paths"] {
  const paths: Record<string, Record<string, ZodOpenApiOperationObject>> = {};
  for (const route of routes) {
    (paths[route.path] ??= {})[route.method.toLowerCase()] = operationOf(route);
  }
  return paths;
}

function operationOf(route: Route): ZodOpenApiOperationObject {
  const { id, tag, summary, description, query } = route;
  return {
    operationId: id,
    tags: [tag],
    summary,
    description,
    requestParams: {
      ...(route.path.includes("{") && { path: pathParameters(route.path) }),
      ...(query && { query }),
      ...(route.method === "POST" && { header: IdempotencyKey }),
      ...(route.isConditional && { header: IfMatch }),
    },
    ...(route.body && { requestBody: bodyOf(route.body, route.example) }),
    responses: { ...successesOf(route), ...documentedProblems(route) },
  };
}

/** Not Rollbook's own identifiers: a platform's, and a key's thumbprint. */
const FOREIGN = new Set(["userId", "kid", "platformDeploymentId", "contextId"]);

function pathParameters(path: string): z.ZodObject {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => name);
  return z.object(
    Object.fromEntries(names.map((name) => [name, FOREIGN.has(name) ? z.string() : z.uuid()])),
  );
}

function bodyOf(body: NonNullable<Route["body"]>, example: unknown) {
  const content =
    body === "csv"
      ? { "text/csv": { schema: z.string(), example } }
      : { "application/json": { schema: body, example } };
  return { required: true, content };
}

function successesOf(route: Route) {
  const found = { ...successOf({ ...route, status: 200 }), description: "It was there already" };
  return {
    [String(route.status)]: successOf(route),
    ...(route.mayFind && { "200": found }),
  };
}

function successOf(route: Route) {
  const { status, result, hasLocation, hasVersion, method, otherMedia = [] } = route;
  const description = { 200: "Done", 201: "Created", 202: "Accepted" }[status];
  const headers = z.object({
    ...(cursorOf(route) && {
      Link: z
        .string()
        .optional()
        .meta({ description: 'the next page, `rel="next"`; none on the last' }),
    }),
    ...(hasLocation && { Location: z.string().meta({ description: "where the result is read" }) }),
    ...(hasVersion && {
      ETag: z.string().meta({ description: "of what can be edited, for `If-Match`" }),
    }),
    ...(method === "POST" && {
      "Idempotency-Replayed": z
        .literal("true")
        .optional()
        .meta({ description: "sent where this is the stored answer to an earlier request" }),
    }),
  });
  const hasHeaders = Object.keys(headers.shape).length > 0;
  return {
    description,
    ...(hasHeaders && { headers }),
    content: {
      "application/json": { schema: result },
      ...Object.fromEntries(otherMedia.map((type) => [type, { schema: z.string() }])),
    },
  };
}
