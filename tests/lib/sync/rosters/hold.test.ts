import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { HELD_PEOPLE, HELD_SHARE, holdRule, type Removal } from "#lib/sync/rosters/hold.ts";

const usual: Removal = {
  membersBefore: 120,
  removals: 12,
  remaining: 108,
  instructorsRemoved: 0,
  instructorsLeft: 2,
};

const removals = fc
  .record({
    removals: fc.nat(300),
    remaining: fc.nat(300),
    added: fc.nat(20),
    instructorsRemoved: fc.nat(3),
    instructorsLeft: fc.nat(3),
  })
  .map(({ added, ...given }): Removal => {
    const membersBefore = Math.max(given.removals, given.removals + given.remaining - added);
    return { ...given, membersBefore };
  });

describe("holdRule", () => {
  test.each<[string, Partial<Removal>, ReturnType<typeof holdRule>]>([
    ["lets ten percent go", {}, null],
    ["holds one more than ten percent", { removals: 13, remaining: 107 }, "share"],
    ["lets four of five go", { membersBefore: 5, removals: 4, remaining: 1 }, null],
    ["holds five of six", { membersBefore: 6, removals: 5, remaining: 1 }, "share"],
    ["holds the last one", { membersBefore: 1, removals: 1, remaining: 0 }, "empty"],
    [
      "holds the last instructor",
      { removals: 1, remaining: 119, instructorsRemoved: 1, instructorsLeft: 0 },
      "no_instructor",
    ],
    ["lets an instructor go where one is left", { removals: 1, instructorsRemoved: 1 }, null],
    ["lets a learner go where nobody taught", { removals: 1, instructorsLeft: 0 }, null],
    ["has nothing to say where nobody goes", { removals: 0, remaining: 0 }, null],
  ])("%s", (_what, given, rule) => {
    expect(holdRule({ ...usual, ...given })).toBe(rule);
  });

  test("never lets go the last member, the last instructor, or a large share", () => {
    fc.assert(
      fc.property(removals, (removal) => {
        if (holdRule(removal) !== null) return;
        const { removals: gone, remaining, membersBefore } = removal;
        if (gone === 0) return;
        expect(remaining).toBeGreaterThan(0);
        expect(removal.instructorsRemoved > 0 && removal.instructorsLeft === 0).toBe(false);
        expect(gone >= HELD_PEOPLE && gone / membersBefore > HELD_SHARE).toBe(false);
      }),
    );
  });

  test("holds nothing where it has no reason to", () => {
    fc.assert(
      fc.property(removals, (removal) => {
        const isSmall =
          removal.removals < HELD_PEOPLE || removal.removals <= HELD_SHARE * removal.membersBefore;
        if (isSmall && removal.remaining > 0 && removal.instructorsRemoved === 0)
          expect(holdRule(removal)).toBeNull();
      }),
    );
  });
});
