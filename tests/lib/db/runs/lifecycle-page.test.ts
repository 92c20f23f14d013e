import { describe, expect, test } from "vitest";
import { readPage, renderPage } from "#tests/lifecycle/page.ts";

describe("docs/run-lifecycle.md", () => {
  test("is what the table of moves says; npm run docs:lifecycle makes it anew", async () => {
    expect(await readPage()).toBe(await renderPage());
  });
});
