import { inspect } from "node:util";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { SCOPE, requestAccessToken } from "#lib/lti/index.ts";
import type { Exchange } from "#lib/lti/index.ts";
import { testRegistration } from "#tests/lib/lti/support/clients.ts";
import { json, property, replies, reply } from "./support/arbitraries.ts";
import { PROPERTY_MS, check } from "./support/cases.ts";
import { LMS, outcomeOf, scriptedFetch } from "./support/scripted-fetch.ts";

const SECRET = "s3cret-0123456789abcdef";
const scopeWord = fc.constantFrom(...Object.values(SCOPE), "openid", "");
const fields = {
  token_type: property(fc.constantFrom("Bearer", "bearer", "BEARER", "MAC")),
  expires_in: property(fc.integer(), fc.constantFrom("3600", "60.5", "1e3", "soon", 1e9, 0.1)),
  scope: property(
    fc.array(scopeWord),
    fc.array(scopeWord).map((words) => words.join(" ")),
  ),
  error: property(fc.constantFrom("invalid_client", "invalid_scope")),
  error_description: property(fc.string()),
};
const tokenReply = fc.oneof(
  { arbitrary: reply({ access_token: property(fc.constant(SECRET)), ...fields }), weight: 6 },
  { arbitrary: json, weight: 1 },
);
const registration = testRegistration(LMS);

describe("a token reply", () => {
  test(
    "is a usable token or a typed error",
    () =>
      check(
        fc.asyncProperty(replies(tokenReply), async (script) => {
          const { fetch } = scriptedFetch(script);
          const outcome = await outcomeOf(() =>
            requestAccessToken(registration, [SCOPE.score], { fetch }),
          );
          if ("error" in outcome) return;
          const { token, obtainedAt, expiresAt, grantedScopes } = outcome.value;
          expect(token).toMatch(/^[\x21-\x7e]+$/);
          expect(expiresAt.getTime()).toBeGreaterThanOrEqual(obtainedAt.getTime());
          expect(grantedScopes.every((scope) => /^\S+$/.test(scope))).toBe(true);
        }),
      ),
    PROPERTY_MS,
  );

  test(
    "never shows its token in an error or a record",
    () =>
      check(
        fc.asyncProperty(
          reply(fields),
          fc.constantFrom(200, 400, 401, 500),
          fc.nat(),
          async (rest, status, cut) => {
            const whole = JSON.stringify({ access_token: SECRET, ...(rest as object) });
            // A body that ends early still holds the token.
            const body = whole.slice(0, whole.length - (cut % 3));
            const { fetch } = scriptedFetch([
              { status, headers: {}, body, tornAt: 0, isCut: false },
            ]);
            const exchanges: Exchange[] = [];
            const outcome = await outcomeOf(() =>
              requestAccessToken(registration, [SCOPE.score], {
                fetch,
                onExchange: (exchange) => exchanges.push(exchange),
              }),
            );
            expect(inspect([outcome, exchanges], { depth: 9 })).not.toContain(SECRET);
          },
        ),
      ),
    PROPERTY_MS,
  );
});
