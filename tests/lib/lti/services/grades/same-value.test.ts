import { expect, test } from "vitest";
import { isSameValue } from "#lib/lti/index.ts";

const of = (resultScore: number | undefined, resultMaximum: number) => ({
  resultScore,
  resultMaximum,
});

test.each([
  ["a third, kept in five decimals of a point", of(0.66667, 1), 2, 3],
  ["rescaled to another maximum", of(66.66667, 100), 2, 3],
  ["a third of 1, rounded before it was scaled", of(33.333, 100), 0.333333333, 1],
  ["two thirds of 1, rounded up before", of(66.667, 100), 0.6666666, 1],
  ["a seventh of 1 in a column of 20", of(2.8572, 20), 1 / 7, 1],
  ["rounded on both scales", of(47.619, 100), 3.333333333, 7],
  ["more decimals than are kept", of(46.12346, 100), 46.123456789, 100],
  ["clipped at the maximum", of(100, 100), 150, 100],
  ["clipped at the maximum of another scale", of(20, 20), 1.25, 1],
  ["above the maximum, kept", of(150, 100), 150, 100],
  ["clipped at 0", of(0, 100), -3, 100],
  ["0", of(0, 100), 0, 100],
  ["a column whose maximum was halved since", of(20, 50), 40, 100],
])("is the same value: %s", (_what, result, scoreGiven, scoreMaximum) => {
  expect(isSameValue(result, { scoreGiven, scoreMaximum })).toBe(true);
});

test.each([
  ["a hundredth of a point apart", of(0.67, 1), 0.66, 1],
  ["a hundredth of a hundred apart", of(66.67, 100), 66.66, 100],
  ["a thousandth of a thousand", of(667, 1_000), 666, 1_000],
  ["no result yet", of(undefined, 10), 0, 10],
  ["the maximum, where less was sent", of(100, 100), 99.99, 100],
  ["less than the maximum, where more was sent", of(99, 100), 150, 100],
  ["0, where something was sent", of(0, 100), 0.5, 100],
])("is another value: %s", (_what, result, scoreGiven, scoreMaximum) => {
  expect(isSameValue(result, { scoreGiven, scoreMaximum })).toBe(false);
});
