import { expect, test } from "vitest";
import { isSameValue } from "#lib/sync/scores/platform-has-value.ts";

test.each([
  ["a third, kept in five decimals of a point", { resultScore: 0.66667, resultMaximum: 1 }, 2, 3],
  ["rescaled to another maximum", { resultScore: 66.66667, resultMaximum: 100 }, 2, 3],
])("is the same value: %s", (_what, result, scoreGiven, scoreMaximum) => {
  expect(isSameValue(result, { scoreGiven, scoreMaximum })).toBe(true);
});

test.each([
  ["a hundredth of a point apart", { resultScore: 0.67, resultMaximum: 1 }, 0.66, 1],
  ["a thousandth of a thousand", { resultScore: 667, resultMaximum: 1_000 }, 666, 1_000],
  ["no result yet", { resultScore: undefined, resultMaximum: 10 }, 0, 10],
])("is another value: %s", (_what, result, scoreGiven, scoreMaximum) => {
  expect(isSameValue(result, { scoreGiven, scoreMaximum })).toBe(false);
});
