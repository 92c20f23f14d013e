import { expect, test } from "vitest";
import { redact } from "#lib/lti/http/redact.ts";

const reply = JSON.stringify({ access_token: "s3cret-token", token_type: "Bearer" });

test.each([
  ["as it should be", reply],
  ["written into JSON as text", JSON.stringify(reply)],
  ["misspelled", '{"accessToken" : ["s3cret-token"]}'],
  ["as a form", "access_token=s3cret-token&expires_in=3600"],
])("a token in a reply %s is removed", (_how, text) => {
  expect(redact(text)).not.toContain("s3cret");
});

test("what only speaks of tokens is kept", () => {
  expect(redact('{"token_type":"Bearer","error":"invalid_token"}')).toBe(
    '{"token_type":"Bearer","error":"invalid_token"}',
  );
});
