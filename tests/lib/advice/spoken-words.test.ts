import { expect, test } from "vitest";
import { spokenWords } from "#lib/advice/spoken-words.ts";

test.each([
  ['{"error":"invalid_client","error_description":"The key is unknown."}', "The key is unknown"],
  ['HTTP 400: {"error":"invalid_scope"}', "invalid_scope"],
  ['{"errors":[{"message":"not enrolled"}]}', "not enrolled"],
  ["the platform did not answer.", "the platform did not answer"],
  ['{"code":7}', '{"code":7}'],
  ["{not JSON}", "{not JSON}"],
])("of %s a person reads: %s", (message, words) => {
  expect(spokenWords(message)).toBe(words);
});
