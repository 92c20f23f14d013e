import { describe, expect, test } from "vitest";
import { GRADES_SCOPES, SCOPE } from "#lib/lti/index.ts";
import { PLATFORM_WORDS } from "#lib/platforms/words.ts";
import { switchFor } from "#lib/platforms/words.ts";
import { platformGuides } from "#lib/platforms/index.ts";

const NAMED = platformGuides.filter(({ profile }) => profile !== "other");

describe.each(NAMED)("the words of $name", (guide) => {
  const words = PLATFORM_WORDS[guide.profile];

  test("call our key set as the registration form does", () => {
    expect(guide.give.keysetUrl).toContain(words.keysetField);
  });

  test("name switches that the registration form names", () => {
    const known = guide.switches.join("\n");
    for (const scope of [SCOPE.memberships, ...GRADES_SCOPES]) {
      expect(known).toContain(switchFor(words, scope));
    }
  });

  test("call the platform's own values as the registration form does", () => {
    const { clientId, tokenEndpoint, jwksUrl } = guide.fields;
    if (clientId?.label) expect(words.clientIdField).toBe(clientId.label);
    if (tokenEndpoint?.label) expect(words.tokenEndpointField).toBe(tokenEndpoint.label);
    if (jwksUrl?.label) expect(words.platformKeysetField).toBe(jwksUrl.label);
  });
});
