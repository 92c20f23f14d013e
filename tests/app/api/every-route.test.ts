import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ROUTES } from "../../../app/_server/rest/routes/index.ts";
import type { Route } from "../../../app/_server/rest/route.ts";
import { startApi, type Answered, type Api, type Asked, type Refusal } from "#tests/support/api.ts";

const NOBODY = "01939f2e-0000-7000-8000-000000000000";
const ADDRESSED = ROUTES.filter(({ path }) => path.includes("{"));
const WITH_JSON = ROUTES.filter(({ body }) => body !== undefined && body !== "csv");
const WITH_CSV = ROUTES.filter(({ body }) => body === "csv");

let api: Api;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.stop());

describe.each(ROUTES)("$method $path", (route) => {
  test("is refused without an API key or a session", async () => {
    const answer = await ask(route, { key: null });
    expect(answer.status).toBe(401);
    expect(answer.headers.get("www-authenticate")).toBe('Bearer realm="Rollbook"');
    expectProblem(answer, "operation.not_signed_in");
  });

  test("refuses a query parameter that it does not know", async () => {
    const answer = await ask(route, exampleOf(route), "?colour=blue");
    expect(answer.status).toBe(422);
    expectProblem(answer, "operation.invalid_input");
    expect(answer.body.fields).toHaveProperty("colour");
  });

  test.each(["limit", "send"])("refuses a %s that is no such thing", async (name) => {
    if (!route.query || !(name in route.query.shape)) return;
    const answer = await ask(route, exampleOf(route), `?${name}=perhaps`);
    expect(answer.status).toBe(422);
    expect(answer.body.fields).toHaveProperty(name);
  });

  test("says which methods the path takes", async () => {
    const answer = await api.ask("PROPFIND", pathOf(route));
    expect(answer.status).toBe(405);
    expect(answer.headers.get("allow")?.split(", ")).toContain(route.method);
    expectProblem(answer, "api.method_not_allowed");
  });
});

describe.each(ADDRESSED)("$method $path, of nothing there", (route) => {
  test.each([NOBODY, "not-an-id", "%00", "%F0%9F%92%A9"])("answers 404 for %s", async (id) => {
    const answer = await api.ask(route.method, pathOf(route, id), exampleOf(route));
    expect(answer.status).toBe(404);
    expectProblem(answer, "operation.not_found");
  });
});

describe.each(WITH_JSON)("the body of $method $path", (route) => {
  test("is accepted by its schema as the document's example has it", () => {
    const schema = route.body === "csv" ? undefined : route.body;
    expect(schema?.safeParse(route.example).error?.issues).toBeUndefined();
  });

  test("is JSON", async () => {
    const answer = await ask(route, {
      json: route.example,
      headers: { "content-type": "text/plain" },
    });
    expect(answer.status).toBe(415);
    expectProblem(answer, "api.media_type_refused");
  });

  test.each(["", "{", "{'a': 1}", Uint8Array.of(0x22, 0xff, 0x22)])(
    "is well formed, unlike %j",
    async (body) => {
      const answer = await ask(route, { body, headers: { "content-type": "application/json" } });
      expect(answer.status).toBe(400);
      expectProblem(answer, "api.body_malformed");
    },
  );

  test.each([{}, [], null, "text", 1, { name: 5, kind: "x" }, { ["__proto__"]: 1 }])(
    "has its fields, unlike %j",
    async (json) => {
      const answer = await ask(route, { json });
      expect(answer.status).toBe(422);
      expectProblem(answer, "operation.invalid_input");
    },
  );

  test("has no field that nobody knows", async () => {
    const answer = await ask(route, { json: { ...(route.example as object), titel: "x" } });
    expect(answer.status).toBe(422);
    expect(JSON.stringify(answer.body.fields)).toContain("titel");
  });

  test("is not larger than 10 MB", async () => {
    const answer = await ask(route, { json: { name: "x".repeat(10_000_001) } });
    expect(answer.status).toBe(413);
    expectProblem(answer, "api.body_too_large");
  });
});

describe.each(WITH_CSV)("the body of $method $path", (route) => {
  test("is CSV", async () => {
    const answer = await ask(route, { json: { csv: route.example } });
    expect(answer.status).toBe(415);
    expectProblem(answer, "api.media_type_refused");
  });
});

test("a body without an announced length is counted as it comes", async () => {
  const chunk = new TextEncoder().encode("x".repeat(1_000_000));
  let sent = 0;
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      sent += chunk.byteLength;
      if (sent > 50_000_000) controller.close();
      else controller.enqueue(chunk);
    },
  });
  const headers = { "content-type": "application/json" };
  const answer = await api.ask("POST", "/api-keys", { body, headers });
  expect(answer.status).toBe(413);
  expect(sent).toBeLessThan(15_000_000);
});

describe("a path that is in no table", () => {
  test.each(["", "/", "/nothing", "/courses/", "/runs/a/b/c/d", "/%zz", "/registrations/%zz"])(
    "is unknown: %j",
    async (path) => {
      const answer = await api.ask("GET", path);
      expect(answer.status).toBe(404);
      expectProblem(answer, "api.path_unknown");
    },
  );
});

function ask(route: Route, asked: Asked, query = "") {
  return api.ask(route.method, pathOf(route) + query, asked);
}

function pathOf({ path }: Route, id = NOBODY): string {
  return path.replaceAll(/\{\w+\}/g, id);
}

function exampleOf({ body, example }: Route): Asked {
  if (body === undefined) return {};
  if (body !== "csv") return { json: example };
  return { body: String(example), headers: { "content-type": "text/csv" } };
}

function expectProblem({ headers, status, body }: Answered<Refusal>, code: string) {
  expect(headers.get("content-type")).toBe("application/problem+json");
  expect(headers.get("cache-control")).toBe("no-store");
  expect(body).toMatchObject({ status, code, type: `urn:rollbook:problem:${code}` });
  expect(body.requestId).toBe(headers.get("x-request-id"));
}
