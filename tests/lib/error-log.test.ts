import { setTimeout as delay } from "node:timers/promises";
import { expect, test } from "vitest";
import { isDatabaseDown } from "#lib/db/errors.ts";
import { createErrorLog } from "#lib/error-log.ts";

function logged(minuteMs: number) {
  const lines: { words: string; [fact: string]: unknown }[] = [];
  const log = { error: (facts: object, words: string) => void lines.push({ ...facts, words }) };
  const errors = createErrorLog(log as never, { isAway: isDatabaseDown, minuteMs });
  return { lines, errors };
}

const refused = () => Object.assign(new Error("connect refused"), { code: "ECONNREFUSED" });

test("a database that is away is one line with its cause, and then a count", async () => {
  const { lines, errors } = logged(40);
  for (let times = 0; times < 60; times += 1) errors.report("request", refused());
  // As the queue tells of it: not as an error.
  errors.report("engine", { message: "connect refused", code: "ECONNREFUSED" });
  expect(lines).toMatchObject([
    { words: "the database does not answer", times: 1, err: { message: "connect refused" } },
  ]);
  await expect.poll(() => lines.length).toBe(2);
  expect(lines[1]).toMatchObject({ times: 60 });
  await delay(120);
  expect(lines).toHaveLength(2);
  errors.report("request", refused());
  expect(lines).toHaveLength(3);
});

test("every other error is a line of its own with its cause", () => {
  const { lines, errors } = logged(1_000);
  const cause = new Error("the disk");
  errors.report("engine", new Error("no", { cause }), { runId: "r" });
  errors.report("engine", { name: "WorkerFailed", message: "gone" });
  expect(lines).toMatchObject([
    { words: "engine", runId: "r", err: { message: "no", cause: { message: "the disk" } } },
    { words: "engine", err: { message: "gone" } },
  ]);
});
