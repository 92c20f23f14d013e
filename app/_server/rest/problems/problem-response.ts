import { limitHeaders } from "#lib/auth/limits/request-limit.ts";
import { isCodedError, type CodedError } from "#lib/errors.ts";
import { NotSignedIn, VersionMismatch } from "#lib/operations/errors.ts";
import { isDatabaseDown } from "#lib/operations/system/readiness.ts";
import { fieldsOf, problemOf } from "../../problem.ts";
import { MethodNotAllowed, RequestRefused, RequestsTooMany } from "../errors.ts";
import { problemType, UNAVAILABLE, UNEXPECTED } from "./problem-types.ts";

/** An error as an answer, in the form of RFC 9457; `isOurs` where somebody should look into it. */
export function problemResponse(
  error: unknown,
  requestId: string,
): { response: Response; isOurs: boolean } {
  const type = isCodedError(error) ? problemType(error.code) : undefined;
  if (!isCodedError(error) || !type) {
    const { code, status, title } = isDatabaseDown(error) ? UNAVAILABLE : UNEXPECTED;
    const detail = status === 503 ? "the database does not answer" : "unexpected error";
    return { response: toResponse({ code, status, title, detail, requestId }), isOurs: true };
  }
  const fields = fieldsOf(error);
  const problem = {
    ...type,
    code: error.code,
    detail: error.message,
    ...(Object.keys(fields).length > 0 && { fields }),
    ...factsOf(error),
    requestId,
  };
  return { response: toResponse(problem, headersOf(error)), isOurs: type.status === 500 };
}

type Told = { code: string; status: number; title: string; detail: string; requestId: string };

function toResponse({ code, status, title, ...told }: Told, headers?: HeadersInit): Response {
  const body = { type: `urn:rollbook:problem:${code}`, title, status, code, ...told };
  const response = Response.json(body, { status, headers });
  response.headers.set("content-type", "application/problem+json");
  return response;
}

/** What else the error knows: the platform's own words, the scopes that are missing. */
function factsOf(error: CodedError): { facts?: Record<string, unknown> } {
  const facts = error instanceof RequestRefused ? undefined : problemOf(error).detail;
  return facts ? { facts } : {};
}

function headersOf(error: CodedError): Record<string, string> {
  if (error instanceof NotSignedIn) return { "www-authenticate": 'Bearer realm="Rollbook"' };
  if (error instanceof MethodNotAllowed) return { allow: error.allowed.join(", ") };
  if (error instanceof RequestsTooMany) return limitHeaders(error.state);
  if ("retryAfterSeconds" in error) return { "retry-after": String(error.retryAfterSeconds) };
  if (error instanceof VersionMismatch) return { etag: `"${error.version}"` };
  const wait = "retryAt" in error && error.retryAt instanceof Date && secondsUntil(error.retryAt);
  return wait ? { "retry-after": String(wait) } : {};
}

function secondsUntil(time: Date): number {
  return Math.max(1, Math.ceil((time.getTime() - Date.now()) / 1_000));
}
