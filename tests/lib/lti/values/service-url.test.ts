import { describe, expect, test } from "vitest";
import { parseServiceUrl } from "#lib/lti/values/service-url.ts";

const LMS = "https://lms.example.edu/";

describe("parseServiceUrl", () => {
  test("reads an address as long as servers take them", () => {
    const address = LMS + "a".repeat(8_000 - LMS.length);
    expect(parseServiceUrl(address)?.href).toBe(address);
  });

  test.each([
    ["too long", LMS + "/".repeat(8_000)],
    ["too long as written", LMS + "a/../".repeat(2_000)],
    ["too long once made absolute", "ä".repeat(7_000)],
    ["with user information", "https://user:word@lms.example.edu/"],
    ["of another kind", "javascript:alert(1)"],
  ])("takes none that is %s", (_what, address) => {
    expect(parseServiceUrl(address, LMS)).toBeUndefined();
  });
});
