import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { problemResponse } from "../../../app/_server/rest/problems/problem-response.ts";
import { PROBLEM_TYPES } from "../../../app/_server/rest/problems/problem-types.ts";
import { CodedError } from "#lib/errors.ts";
import { RateLimited, ScopeMismatch } from "#lib/lti/index.ts";
import { Conflict, InvalidInput, NotFound, TooManyAttempts } from "#lib/operations/errors.ts";

const read = async (error: unknown) => {
  const { response, isOurs } = problemResponse(error, "the-request");
  return {
    status: response.status,
    headers: response.headers,
    isOurs,
    body: await response.json(),
  };
};

describe("an error that was foreseen", () => {
  test.each([
    [new NotFound("course", "7"), 404],
    [new Conflict("it is archived"), 409],
    [new InvalidInput({ name: ["is required"] }), 422],
    [new TooManyAttempts(30), 429],
  ])("%s has its own status and words", async (error, status) => {
    const { body, ...answer } = await read(error);
    expect(answer).toMatchObject({ status, isOurs: false });
    expect(body).toMatchObject({ status, code: error.code, detail: error.message });
  });

  test("brings its fields, its facts and the time to wait", async () => {
    const invalid = await read(new InvalidInput({ "scores.3.userId": ["user ID is required"] }));
    expect(invalid.body.fields).toEqual({ "scores.3.userId": ["user ID is required"] });
    const scopes = { needed: ["a", "b"], granted: ["a"], missing: ["b"] };
    expect((await read(new ScopeMismatch(scopes))).body.facts).toEqual(scopes);
    expect((await read(new TooManyAttempts(30))).headers.get("retry-after")).toBe("30");
    const limited = await read(new RateLimited(new Date(Date.now() + 9_500)));
    expect(limited).toMatchObject({ status: 503 });
    expect(Number(limited.headers.get("retry-after"))).toBeGreaterThan(8);
  });
});

describe("an error that nobody foresaw", () => {
  class Unknown extends CodedError {
    readonly code = "test.unknown";
  }

  test.each([
    new Error("password=hunter2"),
    new TypeError("cannot read properties of undefined"),
    new Unknown("the secret is hunter2"),
    "hunter2",
    undefined,
  ])("%s is a 500 that tells nothing of it", async (error) => {
    const { body, status, isOurs } = await read(error);
    expect({ status, isOurs }).toEqual({ status: 500, isOurs: true });
    expect(body).toEqual({
      type: "urn:rollbook:problem:api.unexpected",
      title: "Unexpected error",
      status: 500,
      code: "api.unexpected",
      detail: "unexpected error",
      requestId: "the-request",
    });
  });

  test("a database that is away is a 503", async () => {
    const refused = Object.assign(new Error("connect ECONNREFUSED 10.0.0.5:5432"), {
      code: "ECONNREFUSED",
    });
    const { body, status, isOurs } = await read(refused);
    expect({ status, isOurs }).toEqual({ status: 503, isOurs: true });
    expect(JSON.stringify(body)).not.toContain("10.0.0.5");
  });
});

// Thrown only while a process starts or a run is performed, or answered by server actions alone.
const NEVER_ANSWERED =
  /^(env|db|bin|auth)\.|^sync\.(lease_lost|roster_incomplete|roster_moved)$|^operation\.taken_over$/;

test("every code in the source has a status", () => {
  const codes = sourceFiles("lib").flatMap((file) => [
    ...readFileSync(file, "utf8").matchAll(/readonly code = "([\w.]+)"/g),
  ]);
  const unknown = codes
    .map(([, code = ""]) => code)
    .filter((code) => !(code in PROBLEM_TYPES) && !NEVER_ANSWERED.test(code));
  expect(codes.length).toBeGreaterThan(30);
  expect(unknown).toEqual([]);
});

function sourceFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts") && !file.startsWith("db/generated"))
    .map((file) => path.join(folder, file));
}
