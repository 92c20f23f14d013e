import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  findOrCreateLineItem,
  listLineItems,
  listResults,
  postScore,
  updateLineItem,
} from "#lib/lti/index.ts";
import { scoreFor } from "#tests/support/service-stage.ts";
import { address, json, property, replies, reply } from "./support/arbitraries.ts";
import { PROPERTY_MS, check } from "./support/cases.ts";
import { fuzzedClient } from "./support/client.ts";
import { outcomeOf, scriptedFetch } from "./support/scripted-fetch.ts";

const points = property(fc.double(), fc.constantFrom("10", "1e400", "ten", -0));
const lineItem = reply({
  id: property(address),
  label: property(fc.string()),
  scoreMaximum: points,
  resourceId: property(fc.constantFrom("quiz-1", 7)),
  resourceLinkId: property(fc.string()),
  tag: property(fc.constantFrom("grade")),
  startDateTime: property(fc.date().map(String), fc.constantFrom("2018-03-06T20:05:02Z", "soon")),
  gradesReleased: property(fc.boolean()),
});
const result = reply({
  id: property(address),
  userId: property(fc.string(), fc.integer()),
  resultScore: points,
  resultMaximum: points,
  comment: property(fc.string()),
});
const list = (row: fc.Arbitrary<unknown>) =>
  fc.oneof(
    { arbitrary: fc.array(fc.oneof(row, json), { maxLength: 6 }), weight: 8 },
    { arbitrary: row, weight: 2 },
    { arbitrary: json, weight: 1 },
  );
const limits = { maxPages: 20 };

describe("line items", () => {
  test(
    "are usable line items or a typed error, and end",
    () =>
      check(
        fc.asyncProperty(replies(list(lineItem)), async (script) => {
          const { fetch } = scriptedFetch(script);
          const outcome = await outcomeOf(() => listLineItems(fuzzedClient(fetch), limits));
          if ("error" in outcome) return;
          for (const { url, scoreMaximum } of outcome.value.lineItems) {
            expect(url).toMatch(/^https?:\/\/\S+$/i);
            expect(Number.isFinite(scoreMaximum)).toBe(true);
          }
        }),
      ),
    PROPERTY_MS,
  );

  test(
    "are found, made or changed, or a typed error says why not",
    () =>
      check(
        fc.asyncProperty(replies(list(lineItem)), fc.boolean(), async (script, isUpdate) => {
          const { fetch } = scriptedFetch(script);
          const client = fuzzedClient(fetch);
          const wanted = { label: "Quiz", scoreMaximum: 10, resourceId: "quiz-1" };
          const outcome = await outcomeOf(async () =>
            isUpdate
              ? await updateLineItem(client, { label: "Renamed" })
              : (await findOrCreateLineItem(client, wanted)).lineItem,
          );
          if ("value" in outcome) expect(outcome.value.url).toMatch(/^https?:/i);
        }),
      ),
    PROPERTY_MS,
  );
});

describe("results", () => {
  test(
    "are usable numbers or a typed error, and end",
    () =>
      check(
        fc.asyncProperty(replies(list(result)), async (script) => {
          const { fetch } = scriptedFetch(script);
          const outcome = await outcomeOf(() => listResults(fuzzedClient(fetch), limits));
          if ("error" in outcome) return;
          for (const { userId, resultScore, resultMaximum } of outcome.value.results) {
            expect(userId).not.toBe("");
            expect(resultMaximum).toBeGreaterThan(0);
            expect(resultScore === undefined || Number.isFinite(resultScore)).toBe(true);
          }
        }),
      ),
    PROPERTY_MS,
  );
});

describe("a posted score", () => {
  test(
    "is taken or a typed error says why not, and is sent once",
    () =>
      check(
        fc.asyncProperty(replies(list(json)), async (script) => {
          const { fetch, urls } = scriptedFetch(script);
          await outcomeOf(() => postScore(fuzzedClient(fetch), scoreFor("u")));
          const redirects = script.filter(({ status }) => status === 307 || status === 308);
          expect(urls.length).toBeLessThanOrEqual(redirects.length === 0 ? 1 : 4);
        }),
      ),
    PROPERTY_MS,
  );
});
