import { expect, test } from "vitest";
import { onShutdown, shutDown, ShutdownStuck } from "#lib/shutdown.ts";

test("what never ends is given up in time, and what was registered before it is still done", async () => {
  const done: string[] = [];
  onShutdown(async () => void done.push("database"), { name: "the database" });
  onShutdown(async () => Promise.reject(new Error("no")), { name: "the feed" });
  onShutdown(() => new Promise(() => undefined), { name: "the engine", withinMs: 200 });
  onShutdown(async () => void done.push("server"), { name: "the web server" });
  const beganMs = performance.now();
  const failures = await shutDown();
  expect(performance.now() - beganMs).toBeLessThan(2_000);
  expect(done).toEqual(["server", "database"]);
  expect(failures).toEqual([expect.any(ShutdownStuck), new Error("no")]);
  expect(failures[0]).toMatchObject({
    message: "the engine did not end within 0.2 s and was left to itself",
  });
});

test("what answers requests ends before what it needs, whichever was registered first", async () => {
  const done: string[] = [];
  const step = (name: string, stage?: "requests") =>
    onShutdown(async () => void done.push(name), { name, stage });
  step("the web server", "requests");
  step("the database");
  step("the engine");
  step("event streams", "requests");
  await shutDown();
  expect(done).toEqual(["event streams", "the web server", "the engine", "the database"]);
});
