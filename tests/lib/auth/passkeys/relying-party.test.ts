import { expect, test } from "vitest";
import { relyingPartyOf } from "#lib/auth/passkeys/relying-party.ts";

test.each([
  ["https://rollbook.example.edu", "rollbook.example.edu", "https://rollbook.example.edu"],
  ["https://example.edu:8443/", "example.edu", "https://example.edu:8443"],
  ["http://localhost:3000", "localhost", "http://localhost:3000"],
])("passkeys at %s are made for %s", (url, id, origin) => {
  expect(relyingPartyOf(url)).toEqual({ id, origin });
});

test.each([
  "http://rollbook.example.edu",
  "https://192.0.2.7",
  "http://127.0.0.1:3000",
  "https://[2001:db8::1]",
])("browsers make none at %s", (url) => {
  expect(relyingPartyOf(url)).toBe(null);
});
