import { expect, test } from "vitest";
import { returnPath } from "../../../app/_server/session/return-to.ts";

test.each(["/", "/runs?state=failed", "/courses/1/grades"])("%s is gone back to", (path) => {
  expect(returnPath(path)).toBe(path);
});

test.each([
  "//evil.example/x",
  "/\\evil.example",
  "/.//evil.example/x",
  "/a/..//evil.example",
  "/%2e//evil.example",
  "/./\\evil.example",
  "https://evil.example/",
  "runs",
  undefined,
])("%s leads to the overview", (path) => {
  expect(returnPath(path)).toBe("/");
});
