import { expect, test } from "vitest";
import { z } from "zod";
import { missingWords } from "../../../app/_server/forms/missing-words.ts";

test.each([
  ["lineItemId", "choose a line item"],
  ["clientId", "client ID is required"],
  ["jwksUrl", "JWKS URL is required"],
])("an empty %s is told as “%s”", (field, words) => {
  const read = z.object({ [field]: z.string() }).safeParse({}, { error: missingWords });
  expect(read.error?.issues.map(({ message }) => message)).toEqual([words]);
});

test("what was given and is wrong has words of its own", () => {
  const read = z
    .object({ lineItemId: z.uuid() })
    .safeParse({ lineItemId: "x" }, { error: missingWords });
  expect(read.error?.issues[0]?.message).not.toContain("choose");
});
