import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { classifierRules, classifyResponse, endpointsFromClaims } from "#lib/lti/index.ts";
import type { Operation } from "#lib/lti/index.ts";
import { body, json, property, reply } from "./support/arbitraries.ts";
import { PROPERTY_MS, check } from "./support/cases.ts";

const OPERATIONS: readonly Operation[] = [
  ...(["token.request", "memberships.list", "line_items.list", "line_item.get"] as const),
  ...(["line_item.create", "line_item.update", "line_item.delete"] as const),
  ...(["score.post", "results.list", "public.get"] as const),
];
const KNOWN_RULES = new Set([...classifierRules().map(({ name }) => name), "anything else"]);

const words = fc.constantFrom(
  ...["invalid_token", "Rate Limit Exceeded", "earlier timestamp", "scope", "user not enrolled"],
  ...["developer key", "line item", "course is unpublished", "no authorization", "[]"],
);
const answer = fc.record({
  operation: fc.constantFrom(...OPERATIONS),
  now: fc.constant(new Date("2026-03-01T10:00:00Z")),
  status: fc.integer({ min: 100, max: 999 }),
  body: fc.oneof(words, body(json)),
  headers: fc
    .dictionary(
      fc.constantFrom("retry-after", "www-authenticate", "x-rate-limit-remaining"),
      fc.string(),
    )
    .map((values) => ({ get: (name: string) => values[name] ?? null })),
  tokenAgeMs: fc.option(fc.integer(), { nil: undefined }),
  isTokenExpired: fc.option(fc.boolean(), { nil: undefined }),
  hasTokenWorked: fc.option(fc.boolean(), { nil: undefined }),
});

describe("an answer", () => {
  test(
    "has one meaning, by a row of the table, and is a success only by its status",
    () =>
      check(
        fc.asyncProperty(answer, async (given) => {
          const verdict = classifyResponse(given);
          expect(KNOWN_RULES).toContain(verdict.rule);
          if (verdict.code === null) expect(given.status).toBeLessThan(300);
          if (verdict.code === "lti.rate_limited") {
            const waitMs = verdict.retryAt.getTime() - given.now.getTime();
            expect(waitMs).toBeGreaterThanOrEqual(0);
            expect(waitMs).toBeLessThanOrEqual(3_600_000);
          }
        }),
      ),
    PROPERTY_MS,
  );
});

const NRPS = "https://purl.imsglobal.org/spec/lti-nrps/claim/namesroleservice";
const AGS = "https://purl.imsglobal.org/spec/lti-ags/claim/endpoint";
const url = property(fc.webUrl());
const scope = property(fc.array(fc.oneof(fc.string(), json)), fc.string());
const claims = reply({
  [NRPS]: property(reply({ context_memberships_url: url, service_versions: scope, scope })),
  [AGS]: property(reply({ lineitems: url, lineitem: url, scope })),
});

describe("service claims", () => {
  test(
    "are endpoints with single words for scopes, or none",
    () =>
      check(
        fc.asyncProperty(claims, async (given) => {
          const { memberships, grades } = endpointsFromClaims(given as Record<string, unknown>);
          const scopes = [...(memberships?.scopes ?? []), ...(grades?.scopes ?? [])];
          expect(scopes.every((word) => /^\S+$/.test(word))).toBe(true);
          expect(memberships?.contextMembershipsUrl).not.toBe("");
          expect(grades?.lineItemUrl).not.toBe("");
        }),
      ),
    PROPERTY_MS,
  );
});
