import { EventEmitter } from "node:events";
import type { IncomingMessage, ServerResponse } from "node:http";
import { expect, test } from "vitest";
import { noteFacts, REQUEST_ID_HEADER } from "#lib/auth/request-facts.ts";
import { logAccess, templateOf, type AccessLine } from "#lib/bin/process/access-log.ts";

function answered(url: string, facts?: object): AccessLine[] {
  const lines: AccessLine[] = [];
  const headers = { [REQUEST_ID_HEADER]: "r-1" };
  const request = { method: "GET", url, headers } as unknown as IncomingMessage;
  const response = Object.assign(new EventEmitter(), { headersSent: true, statusCode: 200 });
  logAccess(request, response as unknown as ServerResponse, (line) => lines.push(line));
  if (facts) noteFacts("r-1", facts);
  response.emit("close");
  return lines;
}

test("a request is one line, with what its handler knows", () => {
  const facts = { route: "/api/v1/courses/{courseId}", actor: "api_key k-1" };
  expect(answered("/api/v1/courses/42?q=Kim", facts)).toEqual([
    { method: "GET", status: 200, ms: expect.any(Number), requestId: "r-1", ...facts },
  ]);
});

test("of another request the address tells the route, and neither IDs nor secrets nor a query", () => {
  expect(answered("/lti/register/rbi_S3cretOfAnInvitation?x=1")).toMatchObject([
    { route: "/lti/register/{id}", actor: null },
  ]);
  expect(templateOf("/courses/01939f2e-0000-7000-8000-000000000000/roster")).toBe(
    "/courses/{id}/roster",
  );
  expect(templateOf("/_next/static/x.js")).toBe("/_next/{file}");
});
