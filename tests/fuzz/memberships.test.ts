import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { listMemberships } from "#lib/lti/index.ts";
import { json, property, replies, reply } from "./support/arbitraries.ts";
import { PROPERTY_MS, check } from "./support/cases.ts";
import { fuzzedClient } from "./support/client.ts";
import { outcomeOf, scriptedFetch } from "./support/scripted-fetch.ts";

const role = fc.constantFrom("Learner", "Instructor#TeachingAssistant", "urn:x:Wizard", "", "a,b");
const member = reply({
  user_id: property(fc.constantFrom("1", "2", "3", 4, "x".repeat(300)), fc.string()),
  roles: property(fc.array(role), role),
  status: property(fc.constantFrom("Active", "inactive", "Deleted", "Pending")),
  name: property(fc.string()),
  email: property(fc.emailAddress()),
  message: property(fc.array(json), reply({ "https://x.edu/claim": json })),
});
const container = fc.oneof(
  {
    arbitrary: reply({
      id: property(fc.webUrl()),
      context: property(reply({ id: property(fc.constant("c")), title: property(fc.string()) })),
      members: property(fc.array(fc.oneof(member, json), { maxLength: 6 })),
    }),
    weight: 8,
  },
  { arbitrary: json, weight: 1 },
);

describe("membership pages", () => {
  test(
    "are a roster of whole members or a typed error, and end",
    () =>
      check(
        fc.asyncProperty(
          replies(container),
          fc.option(role, { nil: undefined }),
          async (script, asked) => {
            const { fetch } = scriptedFetch(script);
            const options = { role: asked || undefined, maxPages: 20 };
            const outcome = await outcomeOf(() => listMemberships(fuzzedClient(fetch), options));
            if ("error" in outcome) return;
            const { memberships, complete, incompleteReason } = outcome.value;
            expect(complete).toBe(incompleteReason === undefined);
            for (const { userId, roles, status } of memberships) {
              expect(userId.length).toBeGreaterThan(0);
              expect(userId.length).toBeLessThanOrEqual(255);
              expect(userId).not.toContain("\0");
              expect(roles.every((one) => one !== "" && !one.includes("\0"))).toBe(true);
              expect(["active", "inactive", "deleted"]).toContain(status);
            }
          },
        ),
      ),
    PROPERTY_MS,
  );
});
