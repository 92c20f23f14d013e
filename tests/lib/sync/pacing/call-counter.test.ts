import { expect, test } from "vitest";
import type { FetchInit, FetchReply } from "#lib/lti/index.ts";
import { CallCounter } from "#lib/sync/pacing/call-counter.ts";

const replyOf = (status: number): FetchReply => ({
  status,
  headers: { get: () => null },
  body: null,
});
const initWith = (signal: AbortSignal): FetchInit => ({
  method: "GET",
  headers: {},
  redirect: "manual",
  signal,
});
const { signal: open } = new AbortController();

test("answers are counted by what they are, and each count is taken once", async () => {
  const counter = new CallCounter();
  expect(counter.take()).toBeUndefined();
  for (const status of [200, 201, 403, 429, 500, 503])
    await counter.counting(async () => replyOf(status))("https://lms", initWith(open));
  const taken = counter.take()!;
  expect(taken).toMatchObject({ failed: 2, throttled: 1 });
  expect(taken.answered.reduce((sum, count) => sum + count, 0)).toBe(3);
  expect(counter.take()).toBeUndefined();
});

test("a call without an answer failed, unless it was ended from here", async () => {
  const counter = new CallCounter();
  const cut = counter.counting(() => Promise.reject(new Error("cut")));
  const ended = (reason: unknown) => initWith(AbortSignal.abort(reason));
  await expect(cut("https://lms", initWith(open))).rejects.toThrow("cut");
  await expect(cut("https://lms", ended(new Error("cancelled")))).rejects.toThrow("cut");
  const deadline = new DOMException("deadline", "TimeoutError");
  await expect(cut("https://lms", ended(deadline))).rejects.toThrow("cut");
  expect(counter.take()).toMatchObject({ failed: 2, throttled: 0 });
});
