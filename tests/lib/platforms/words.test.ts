import { describe, expect, test } from "vitest";
import { GRADES_SCOPES, SCOPE } from "#lib/lti/index.ts";
import { platformGuides, platformWords, switchFor } from "#lib/platforms/index.ts";

const NAMED = platformGuides.filter(({ profile }) => profile !== "other");

describe.each(NAMED)("the words of $name", (guide) => {
  const words = platformWords(guide.profile);

  test("call our key set as the registration form does", () => {
    expect(guide.give.keysetUrl).toContain(words.keysetField);
  });

  test("name switches that the registration form names", () => {
    const known = guide.switches.join("\n");
    for (const scope of [SCOPE.memberships, ...GRADES_SCOPES]) {
      expect(known).toContain(switchFor(words, scope));
    }
  });
});
