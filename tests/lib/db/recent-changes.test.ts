import { expect, test } from "vitest";
import { createRecentChanges } from "#lib/db/recent-changes.ts";

test("what changed since a moment is known for a minute", () => {
  const recent = createRecentChanges(1_000);
  recent.add({ runId: "a" }, 2_000);
  recent.add({ runId: "b" }, 50_000);
  expect(recent.since(1_500)).toEqual([{ runId: "a" }, { runId: "b" }]);
  expect(recent.since(2_001)).toEqual([{ runId: "b" }]);
  recent.add({ runId: "c" }, 62_000);
  expect(recent.since(2_000)).toBeUndefined();
  expect(recent.since(2_001)).toEqual([{ runId: "b" }, { runId: "c" }]);
});

test("nothing is known of the time before it began, or of a gap", () => {
  const recent = createRecentChanges(1_000);
  expect(recent.since(999)).toBeUndefined();
  expect(recent.since(1_000)).toEqual([]);
  recent.add({ runId: "a" }, 2_000);
  recent.interrupted(3_000);
  expect(recent.since(2_999)).toBeUndefined();
  expect(recent.since(3_000)).toEqual([]);
  expect(recent.since(Number.NaN)).toBeUndefined();
});

test("only the latest of very many changes are kept", () => {
  const recent = createRecentChanges(0);
  for (let index = 0; index < 2_500; index++) recent.add({ runId: String(index) }, 1_000 + index);
  expect(recent.since(1_499)).toBeUndefined();
  expect(recent.since(1_500)).toHaveLength(2_000);
});
