import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fairShare, TURN_MS, type Share } from "#lib/sync/pacing/fair-share.ts";

const NOW = new Date("2026-03-01T10:00:00Z");

function share(runId: string, given: Partial<Share> = {}): Share {
  return { runId, slots: 0, wanted: 16, since: new Date(NOW.getTime() - 100), ...given };
}

const slotsOf = (shares: Share[], runId: string, total: number, now = NOW) =>
  fairShare(shares, { runId, total, now });

describe("fairShare", () => {
  test("gives a run alone all it can use", () => {
    expect(slotsOf([share("a")], "a", 8)).toBe(8);
    expect(slotsOf([share("a", { wanted: 3 })], "a", 8)).toBe(3);
  });

  test("deals slots out evenly, and what one cannot use goes to the others", () => {
    expect(slotsOf([share("a"), share("b")], "a", 8)).toBe(4);
    expect(slotsOf([share("roster", { wanted: 1 }), share("b")], "b", 8)).toBe(7);
  });

  test("takes nothing that another still holds", () => {
    expect(slotsOf([share("a", { slots: 8 }), share("b")], "b", 8)).toBe(0);
    expect(slotsOf([share("a", { slots: 6 }), share("b")], "b", 8)).toBe(2);
  });

  test("asks a run that holds more than its part to shrink", () => {
    expect(slotsOf([share("a", { slots: 8 }), share("b")], "a", 8)).toBe(4);
  });

  test("lets runs take turns where there are more than slots, longest waiting first", () => {
    const holder = share("a", { slots: 1, since: NOW });
    const early = share("b", { since: new Date(NOW.getTime() - 5_000) });
    const late = share("c", { since: new Date(NOW.getTime() - 1_000) });
    const after = new Date(NOW.getTime() + TURN_MS);
    expect(slotsOf([holder, early, late], "a", 1)).toBe(1);
    expect(slotsOf([holder, early, late], "a", 1, after)).toBe(0);
    const given = { ...holder, slots: 0, since: after };
    expect(slotsOf([given, early, late], "b", 1, after)).toBe(1);
    expect(slotsOf([given, early, late], "c", 1, after)).toBe(0);
    expect(slotsOf([given, early, late], "a", 1, after)).toBe(0);
  });

  test("never lets more calls be in flight than the platform takes", () => {
    const shares = fc.array(
      fc.record({
        wanted: fc.integer({ min: 1, max: 32 }),
        waited: fc.integer({ min: 0, max: 9_000 }),
      }),
      { minLength: 1, maxLength: 20 },
    );
    fc.assert(
      fc.property(shares, fc.integer({ min: 1, max: 32 }), (given, total) => {
        const living = given.map(({ wanted, waited }, index) =>
          share(String(index), { wanted, since: new Date(NOW.getTime() - waited) }),
        );
        // Each renews in its turn, as the database's lock makes them.
        for (let round = 0; round < 3; round++)
          for (const each of living) {
            each.slots = fairShare(living, { runId: each.runId, total, now: NOW });
            const held = living.reduce((sum, { slots }) => sum + slots, 0);
            expect(held).toBeLessThanOrEqual(total);
          }
        expect(living.some(({ slots }) => slots > 0)).toBe(true);
      }),
    );
  });
});
