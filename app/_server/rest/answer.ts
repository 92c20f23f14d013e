import { limitHeaders } from "#lib/auth/limits/request-limit.ts";
import { noteFacts } from "#lib/auth/request-facts.ts";
import type { RequestOrigin } from "#lib/operations/caller.ts";
import { getRuntime } from "#lib/runtime.ts";
import { originOf } from "../request-origin.ts";
import { RequestsTooMany } from "./errors.ts";
import { identify } from "./identify.ts";
import { allowedMethods, matchRoute } from "./match.ts";
import { problemResponse } from "./problems/problem-response.ts";
import { performOnce } from "./perform-once.ts";
import { readInput } from "./input/read-input.ts";
import { cursorOf, type Answer, type Route } from "./route.ts";
import { streamed } from "./streams/streamed.ts";
import { ROUTES } from "./routes/index.ts";

const API_ROOT = "/api/v1";

/** Answers every request below /api/v1 out of the table of routes. */
export async function answerApi(request: Request): Promise<Response> {
  return answering(request, async (origin, headers) => {
    const path = new URL(request.url).pathname.slice(API_ROOT.length);
    if (request.method === "OPTIONS") return optionsOf(path);
    const { route, params } = matchRoute(ROUTES, request.method, path);
    noteFacts(origin.id, { route: `${API_ROOT}${route.path}` });
    const runtime = await getRuntime();
    const actor = await identify(request, runtime, origin);
    noteFacts(origin.id, { actor: `${actor.kind} ${actor.id}` });
    const state = await runtime.apiLimit(`${actor.kind} ${actor.id}`);
    if (state?.isOver) throw new RequestsTooMany(state);
    Object.assign(headers, state && limitHeaders(state));
    const caller = runtime.askerFor(actor, origin);
    const input = await readInput(route, { params, request });
    const answer = await performOnce(route, caller, { input, request });
    if ("pieces" in answer) return streamed(answer);
    return Response.json(answer.body, {
      status: answer.status,
      headers: { ...headersOf(answer), ...nextLink(route, request, answer.body) },
    });
  });
}

function headersOf({ location, version, isReplay }: Answer): Record<string, string> {
  return {
    ...(location !== undefined && { location: `${API_ROOT}${location}` }),
    ...(version !== undefined && { etag: `"${version}"` }),
    ...(isReplay && { "idempotency-replayed": "true" }),
  };
}

/** The next page as a link (RFC 8288), relative, so that it is right behind a proxy too. */
function nextLink(route: Route, { url }: Request, body: unknown): Record<string, string> {
  const name = cursorOf(route);
  const next = (body as { nextCursor?: unknown } | null)?.nextCursor;
  if (name === undefined || typeof next !== "string") return {};
  const { pathname, searchParams } = new URL(url);
  searchParams.set(name, next);
  return { link: `<${pathname}?${searchParams}>; rel="next"` };
}

/**
 * Turns whatever goes wrong into a problem, under an ID that the log knows it by. What `answer` puts
 * into `headers` is sent with either.
 */
export async function answering(
  request: Request,
  answer: (origin: RequestOrigin, headers: Record<string, string>) => Promise<Response>,
): Promise<Response> {
  const origin = originOf(request.headers);
  const requestId = origin.id;
  const headers: Record<string, string> = {};
  const response = await answer(origin, headers).catch(async (error: unknown) => {
    const problem = problemResponse(error, requestId);
    if (problem.isOurs) await report(error, request, requestId);
    return problem.response;
  });
  response.headers.set("x-request-id", requestId);
  for (const [name, value] of Object.entries(headers)) response.headers.set(name, value);
  if (!response.headers.has("cache-control")) response.headers.set("cache-control", "no-store");
  if (request.method !== "HEAD") return response;
  await response.body?.cancel();
  return new Response(null, response);
}

function optionsOf(path: string): Response {
  const allow = allowedMethods(ROUTES, path).join(", ");
  return new Response(null, { status: 204, headers: { allow } });
}

async function report(error: unknown, request: Request, requestId: string): Promise<void> {
  const { errors } = await getRuntime();
  const { method, url } = request;
  errors.report("request", error, { requestId, method, path: new URL(url).pathname });
}
