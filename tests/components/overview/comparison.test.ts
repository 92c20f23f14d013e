import { expect, test } from "vitest";
import { comparison } from "#components/overview/activity/comparison.ts";

test.each([
  [150, 100, "+50 % on"],
  [50, 100, "−50 % on"],
  [400, 100, "+300 % on"],
  [7, 7, "as many as in"],
  [9, 0, "none in"],
])("%i after %i is told as a share, or in words", (now, before, words) => {
  expect(comparison(now, before)).toBe(words);
});

test.each([
  [151, 2, "2 in"],
  [1, 19, "19 in"],
  [9_000, 1_200, "1,200 in"],
])(
  "%i after %i is told by the number before: a share would only look large",
  (now, before, words) => {
    expect(comparison(now, before)).toBe(words);
  },
);
