import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { ApiProblem } from "#components/live/answer.ts";
import type { ReadKey } from "#components/live/read.ts";
import { CURRENT_MS, nameOf, ReadStore } from "#components/live/store/read-store.ts";

const RUNS: ReadKey = ["/api/v1/runs", {}];
const COURSES: ReadKey = ["/api/v1/courses", {}];
const runs = nameOf(RUNS);

type Asked = {
  key: ReadKey;
  isAgain: boolean;
  signal: AbortSignal;
  answer: (data: unknown) => Promise<void>;
  fail: (error: Error) => Promise<void>;
};

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("window", {});
  vi.stubGlobal("document", { visibilityState: "visible" });
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** A store whose answers the test gives. */
function opened() {
  const asked: Asked[] = [];
  const settled = () => vi.advanceTimersByTimeAsync(0).then(() => undefined);
  const store = new ReadStore(
    (key, signal, isAgain) =>
      new Promise((resolve, reject) => {
        signal.addEventListener("abort", () => reject(signal.reason as Error));
        asked.push({
          key,
          signal,
          isAgain,
          answer: (data) => (resolve(data), settled()),
          fail: (error) => (reject(error), settled()),
        });
      }),
  );
  return { store, asked };
}

const nobody = () => {};

test("what two parts of a page show is read once, and each is told", async () => {
  const { store, asked } = opened();
  const told = [vi.fn(), vi.fn()];
  for (const tell of told) store.watch(runs, tell);
  expect(asked).toHaveLength(1);
  await asked[0]!.answer({ total: 1 });
  expect(store.known(runs)).toEqual({ data: { total: 1 }, error: null });
  for (const tell of told) expect(tell).toHaveBeenCalledTimes(1);
});

test("what the server has just read is not read again", () => {
  const { store, asked } = opened();
  store.put(RUNS, { total: 1 }, Date.now());
  store.watch(runs, nobody);
  expect(asked).toHaveLength(0);
  expect(store.known(runs).data).toEqual({ total: 1 });
});

test("what the server read long ago is shown and read again", () => {
  const { store, asked } = opened();
  store.put(RUNS, { total: 1 }, Date.now() - CURRENT_MS);
  store.watch(runs, nobody);
  expect(store.known(runs).data).toEqual({ total: 1 });
  expect(asked.map(({ isAgain }) => isAgain)).toEqual([true]);
});

test("what is older than what is known does not replace it", () => {
  const { store } = opened();
  store.put(RUNS, { total: 2 }, 2_000);
  store.put(RUNS, { total: 1 }, 1_000);
  expect(store.known(runs).data).toEqual({ total: 2 });
});

test("an answer like the one before tells nobody", async () => {
  const { store, asked } = opened();
  const tell = vi.fn();
  store.put(RUNS, { items: [{ id: "a" }] }, Date.now());
  const { data } = store.known(runs);
  store.watch(runs, tell);
  store.readAllAgain();
  await asked[0]!.answer({ items: [{ id: "a" }] });
  expect(tell).not.toHaveBeenCalled();
  expect(store.known(runs).data).toBe(data);
});

test("rows that did not change stay the same objects", async () => {
  const { store, asked } = opened();
  store.put(RUNS, { items: [{ id: "a" }, { id: "b", done: 1 }] }, Date.now());
  const before = store.known(runs).data as { items: object[] };
  store.watch(runs, nobody);
  store.readAllAgain();
  await asked[0]!.answer({ items: [{ id: "a" }, { id: "b", done: 2 }] });
  const after = store.known(runs).data as { items: object[] };
  expect(after).toEqual({ items: [{ id: "a" }, { id: "b", done: 2 }] });
  expect(after.items[0]).toBe(before.items[0]);
  expect(after.items[1]).not.toBe(before.items[1]);
});

test("a shorter answer loses the rows that are gone", async () => {
  const { store, asked } = opened();
  store.put(RUNS, { items: [1, 2], next: "c" }, Date.now());
  store.watch(runs, nobody);
  store.readAllAgain();
  await asked[0]!.answer({ items: [1] });
  expect(store.known(runs).data).toEqual({ items: [1] });
});

test("after a change only what is shown is read now, the rest when it is shown", () => {
  const { store, asked } = opened();
  store.put(RUNS, {}, Date.now());
  store.put(COURSES, {}, Date.now());
  store.watch(runs, nobody);
  store.readAllAgain();
  expect(asked.map(({ key }) => key)).toEqual([RUNS]);
  store.watch(nameOf(COURSES), nobody);
  expect(asked.map(({ key }) => key)).toEqual([RUNS, COURSES]);
});

test("a change touches only what it is about", () => {
  const { store, asked } = opened();
  for (const key of [RUNS, COURSES]) {
    store.put(key, {}, Date.now());
    store.watch(nameOf(key), nobody);
  }
  store.readAllAgain(([path]) => path === COURSES[0]);
  expect(asked.map(({ key }) => key)).toEqual([COURSES]);
  expect(store.isReading(([path]) => path === COURSES[0])).toBe(true);
  expect(store.isReading(([path]) => path === RUNS[0])).toBe(false);
});

test("an answer that was under way when something changed is not taken", async () => {
  const { store, asked } = opened();
  store.put(RUNS, { total: 1 }, Date.now());
  store.watch(runs, nobody);
  store.readAllAgain();
  store.readAllAgain();
  expect(asked.map(({ signal }) => signal.aborted)).toEqual([true, false]);
  await asked[1]!.answer({ total: 3 });
  await asked[0]!.answer({ total: 2 });
  expect(store.known(runs).data).toEqual({ total: 3 });
});

test("who waits for a read waits until it has come", async () => {
  const { store, asked } = opened();
  store.watch(runs, nobody);
  await asked[0]!.answer({ total: 1 });
  const done = vi.fn();
  void store.readAgain(runs).then(done);
  await vi.advanceTimersByTimeAsync(0);
  expect(done).not.toHaveBeenCalled();
  await asked[1]!.answer({ total: 2 });
  expect(done).toHaveBeenCalledOnce();
});

test("a lost connection is tried twice more, then said beside what was known", async () => {
  const { store, asked } = opened();
  store.put(RUNS, { total: 1 }, 1);
  store.watch(runs, nobody);
  const lost = new TypeError("fetch failed");
  await asked[0]!.fail(lost);
  await vi.advanceTimersByTimeAsync(1_000);
  await asked[1]!.fail(new ApiProblem(503, "http.503", "not now"));
  await vi.advanceTimersByTimeAsync(1_999);
  expect(asked).toHaveLength(2);
  await vi.advanceTimersByTimeAsync(1);
  expect(store.known(runs).error).toBeNull();
  await asked[2]!.fail(lost);
  expect(store.known(runs)).toEqual({ data: { total: 1 }, error: lost });
  expect(asked).toHaveLength(3);
});

test("an answer that says no is not asked for again, and is forgotten with the next that comes", async () => {
  const { store, asked } = opened();
  store.watch(runs, nobody);
  const refused = new ApiProblem(404, "operation.not_found", "there is none");
  await asked[0]!.fail(refused);
  await vi.advanceTimersByTimeAsync(5_000);
  expect(asked).toHaveLength(1);
  expect(store.known(runs)).toEqual({ data: undefined, error: refused });
  const again = store.readAgain(runs);
  expect(store.known(runs).error).toBeNull();
  await asked[1]!.answer({ total: 1 });
  await again;
  expect(store.known(runs)).toEqual({ data: { total: 1 }, error: null });
});

test("a read that no part of the page waits for any more is stopped", async () => {
  const { store, asked } = opened();
  const leave = store.watch(runs, nobody);
  leave();
  expect(asked[0]!.signal.aborted).toBe(true);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(asked).toHaveLength(1);
  store.watch(runs, nobody);
  expect(asked).toHaveLength(2);
});

test("what no page shows is kept for five minutes", async () => {
  const { store } = opened();
  store.put(RUNS, { total: 1 }, Date.now());
  const leave = store.watch(runs, nobody);
  await vi.advanceTimersByTimeAsync(400_000);
  expect(store.has(RUNS)).toBe(true);
  leave();
  await vi.advanceTimersByTimeAsync(299_999);
  expect(store.has(RUNS)).toBe(true);
  await vi.advanceTimersByTimeAsync(1);
  expect(store.has(RUNS)).toBe(false);
});

test("what is kept current is read when its answer is that old, and not while hidden", async () => {
  const { store, asked } = opened();
  store.put(RUNS, { total: 1 }, Date.now());
  store.watch(runs, nobody);
  const stop = store.keepCurrent(runs, 2_500);
  await vi.advanceTimersByTimeAsync(2_499);
  expect(asked).toHaveLength(0);
  await vi.advanceTimersByTimeAsync(1);
  expect(asked).toHaveLength(1);
  await asked[0]!.answer({ total: 2 });
  vi.stubGlobal("document", { visibilityState: "hidden" });
  await vi.advanceTimersByTimeAsync(60_000);
  expect(asked).toHaveLength(1);
  vi.stubGlobal("document", { visibilityState: "visible" });
  await vi.advanceTimersByTimeAsync(2_500);
  expect(asked).toHaveLength(2);
  stop();
  await asked[1]!.answer({ total: 3 });
  await vi.advanceTimersByTimeAsync(60_000);
  expect(asked).toHaveLength(2);
});
