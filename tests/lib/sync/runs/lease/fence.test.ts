import { afterEach, describe, expect, test, vi } from "vitest";
import {
  Fence,
  LeaseUnconfirmed,
  thisMoment,
  type FenceOptions,
} from "#lib/sync/runs/lease/fence.ts";

const fences: Fence[] = [];
afterEach(() => fences.splice(0).forEach((fence) => fence.end()));

function fenceWith(options: Partial<FenceOptions>): Fence {
  const fence = new Fence({
    confirm: async () => true,
    lost: () => new Error("another worker has it"),
    since: thisMoment(),
    holdsMs: 600,
    everyMs: 50,
    ...options,
  });
  fences.push(fence);
  return fence;
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe("a fence", () => {
  test("stays open while the database confirms the lease", async () => {
    const fence = fenceWith({});
    await pause(1_200);
    expect(() => fence.check()).not.toThrow();
  });

  test("shuts once the lease was not confirmed for as long as it holds", async () => {
    const fence = fenceWith({ confirm: () => Promise.reject(new Error("no database")) });
    await pause(300);
    expect(() => fence.check()).not.toThrow();
    await pause(700);
    expect(fence.signal.aborted).toBe(true);
    expect(() => fence.check()).toThrow(LeaseUnconfirmed);
  });

  test("shuts at once when the lease is somebody else's", async () => {
    const fence = fenceWith({ confirm: async () => false });
    await vi.waitFor(() => expect(fence.signal.aborted).toBe(true));
    expect(() => fence.check()).toThrow("another worker has it");
  });

  test("is shut in a process that slept, before any timer has run", () => {
    const { monotonicMs, wallMs } = thisMoment();
    const fence = fenceWith({ since: { monotonicMs, wallMs: wallMs - 60_000 } });
    expect(() => fence.check()).toThrow(LeaseUnconfirmed);
  });

  test("lets any number of calls listen without a warning", async () => {
    const warnings: Error[] = [];
    const note = (warning: Error) => void warnings.push(warning);
    process.on("warning", note);
    const fence = fenceWith({});
    for (let calls = 0; calls < 64; calls++) fence.signal.addEventListener("abort", () => calls);
    await pause(50);
    process.off("warning", note);
    expect(warnings).toEqual([]);
  });
});
