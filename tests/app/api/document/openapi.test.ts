import { describe, expect, test } from "vitest";
import { openApiDocument } from "../../../../app/_server/rest/document/document.ts";
import { ROUTES } from "../../../../app/_server/rest/routes/index.ts";

const document = openApiDocument(ROUTES, {
  version: "1.2.3",
  publicUrl: "https://rollbook.example.edu",
});
// As a reader of the document sees it.
const written = JSON.parse(JSON.stringify(document)) as Node;

type Node = { [key: string]: Node };
const METHODS = ["get", "post", "put", "delete", "patch"];

describe("the OpenAPI document", () => {
  test("names its version and the address it is served at", () => {
    expect(written).toMatchObject({
      openapi: "3.1.0",
      info: { title: "Rollbook", version: "1.2.3" },
      servers: [{ url: "https://rollbook.example.edu/api/v1" }],
    });
  });

  test("has exactly the routes of the table, each under a name of its own", () => {
    const described = Object.entries(written.paths ?? {}).flatMap(([path, item]) =>
      Object.keys(item).map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect(described.sort()).toEqual(ROUTES.map(({ method, path }) => `${method} ${path}`).sort());
    const names = operations().map(({ operationId }) => operationId);
    expect(new Set(names).size).toBe(names.length);
  });

  test("refers to nothing that is not in it", () => {
    const references = referencesIn(written);
    expect(references.length).toBeGreaterThan(100);
    expect(references.filter((reference) => resolve(reference) === undefined)).toEqual([]);
  });

  test("describes every part of a path, and no other", () => {
    for (const [path, item] of Object.entries(written.paths ?? {})) {
      const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      for (const operation of Object.values(item)) {
        const described = parametersOf(operation).filter(
          ({ in: where }) => String(where) === "path",
        );
        expect(described.map(({ name }) => name)).toEqual(names);
        expect(described.every(({ required }) => required)).toBe(true);
      }
    }
  });

  test("gives each query parameter a type", () => {
    const parameters = operations().flatMap(parametersOf);
    expect(parameters.length).toBeGreaterThan(40);
    const untyped = parameters.filter(({ schema }) => !typeOf(schema));
    expect(untyped).toEqual([]);
  });

  test("gives each operation a known tag, a summary and what may go wrong", () => {
    const tags = (written.tags as unknown as { name: string }[]).map(({ name }) => name);
    for (const { tags: used, summary, responses } of operations()) {
      expect(tags).toContain(String(used));
      expect(summary).toEqual(expect.any(String));
      expect(Object.keys(responses ?? {})).toEqual(expect.arrayContaining(["401", "422", "500"]));
    }
  });

  test("has an example for every body", () => {
    const without = operations().filter(({ requestBody }) =>
      Object.values(requestBody?.content ?? {}).some((content) => !("example" in content)),
    );
    expect(without.map(({ operationId }) => operationId)).toEqual([]);
  });

  test("says that unknown fields are refused", () => {
    for (const name of ["RegistrationInput", "CourseInput", "ScorePush", "ScoreInput"]) {
      expect(written.components?.schemas?.[name]).toMatchObject({ additionalProperties: false });
    }
  });

  test("knows both ways in", () => {
    expect(written.security).toEqual([{ apiKey: [] }, { session: [] }]);
    expect(written.components?.securitySchemes).toMatchObject({
      apiKey: { type: "http", scheme: "bearer" },
      session: { type: "apiKey", in: "cookie", name: "__Secure-rollbook.session_token" },
    });
  });
});

function operations(): Node[] {
  return Object.values(written.paths ?? {}).flatMap((item) =>
    METHODS.flatMap((method) => item[method] ?? []),
  );
}

function parametersOf(operation: Node): Node[] {
  return (operation.parameters ?? []) as unknown as Node[];
}

function typeOf(schema: Node | undefined): unknown {
  const target = typeof schema?.$ref === "string" ? resolve(schema.$ref) : schema;
  return target?.type ?? target?.enum;
}

function referencesIn(node: unknown): string[] {
  if (typeof node !== "object" || node === null) return [];
  return Object.entries(node).flatMap(([key, value]) =>
    key === "$ref" ? [String(value)] : referencesIn(value),
  );
}

function resolve(reference: string): Node | undefined {
  if (!reference.startsWith("#/")) return undefined;
  const parts = reference.slice(2).split("/");
  return parts.reduce<Node | undefined>((node, part) => node?.[part], written);
}
