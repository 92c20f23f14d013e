import { describe, expect, test } from "vitest";
import { OPENS_AT, cooldownMs, slotsAt } from "#lib/sync/pacing/circuit.ts";

describe("the circuit", () => {
  test("stays closed for a few failures in a row", () => {
    expect(cooldownMs(OPENS_AT - 1)).toBe(0);
    expect(slotsAt(OPENS_AT - 1, 8)).toBe(8);
  });

  test("opens for longer and longer, ten minutes at most, and lets one call at a time look", () => {
    expect(cooldownMs(OPENS_AT)).toBe(15_000);
    expect(cooldownMs(OPENS_AT + 1)).toBe(30_000);
    expect(cooldownMs(OPENS_AT + 60)).toBe(600_000);
    expect(slotsAt(OPENS_AT, 8)).toBe(1);
  });
});
