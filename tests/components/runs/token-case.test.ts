import { expect, test } from "vitest";
import { tokenCaseWord } from "#components/runs/run-words.ts";
import type { RunView } from "#lib/operations/runs/schema.ts";

const token = {
  case: "single_call",
  requested: 1,
  reused: 0,
  refreshed: 0,
  endpointSwaps: 0,
} as const;
const word = (given: Partial<RunView>) =>
  tokenCaseWord({
    token,
    state: "succeeded",
    unit: "scores",
    done: 1,
    failed: 0,
    skipped: 0,
    ...given,
  });

test("one call is said of a run that was one, and of none that goes on or was stopped", () => {
  expect(word({})).toBe("One call");
  expect(word({ unit: "courses" })).toBe("One call");
  for (const state of ["queued", "running", "paused", "cancelled", "failed"] as const)
    expect(word({ state, done: 30 })).toBeNull();
});

test("many scores under one token are a batch, not one call", () => {
  expect(word({ done: 30 })).toBe("One batch");
  expect(word({ done: 29, failed: 1, state: "partly_succeeded" })).toBe("One batch");
});

test("what does not change any more is said at once", () => {
  expect(word({ state: "running", token: { ...token, case: "many_courses" } })).toBe(
    "Many courses",
  );
  expect(word({ token: { ...token, case: null } })).toBeNull();
});
