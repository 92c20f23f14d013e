import { expect, test } from "vitest";
import { chunksOf } from "#lib/chunks.ts";

test.each([
  [[], []],
  [[1], [[1]]],
  [
    [1, 2, 3],
    [[1, 2], [3]],
  ],
  [
    [1, 2, 3, 4],
    [
      [1, 2],
      [3, 4],
    ],
  ],
])("chunks of two of %j are %j", (items: number[], chunks) => {
  expect(chunksOf(items, 2)).toEqual(chunks);
});
