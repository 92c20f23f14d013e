import { describe, expect, test } from "vitest";
import {
  isLtiError,
  listMemberships,
  postScore,
  requestAccessToken,
  SCOPE,
} from "#lib/lti/index.ts";
import type { Fetch } from "#lib/lti/index.ts";
import { findRelatedPage } from "#lib/lti/services/pagination.ts";
import { scoreFor } from "#tests/support/service-stage.ts";
import { testClient, testRegistration } from "../support/clients.ts";

const LMS = "https://lms.example.edu";
const NEARLY_TOO_LARGE = 9_000_000;
/** Generous: what is meant is the difference between milliseconds and minutes. */
const LONGEST_MS = 5_000;

const answering =
  (status: number, body: string, header = ""): Fetch =>
  () =>
    Promise.resolve({
      status,
      headers: { get: (name) => (name === "www-authenticate" && header ? header : null) },
      body: (async function* () {
        yield Buffer.from(body);
      })(),
    });

async function typedErrorOrValue(act: () => Promise<unknown>): Promise<void> {
  const startedAt = performance.now();
  const error: unknown = await act().then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error === undefined || isLtiError(error)).toBe(true);
  expect(performance.now() - startedAt).toBeLessThan(LONGEST_MS);
}

const fill = (part: string) => part.repeat(Math.floor(NEARLY_TOO_LARGE / part.length));

describe.each([
  ["starts of JWTs", "eyJ"],
  ["quotes", '"'],
  ["words for tokens", '"tokentoken'],
  ["bearer and spaces", "bearer        "],
  ["open brackets", "["],
  ["escapes", "\\"],
  ["rows of nothing", "null,"],
])("nine megabytes of %s", (_case, part) => {
  test.each([200, 401, 403])(
    "with %d are answered in time",
    async (status) => {
      const fetch = answering(status, fill(part), fill(part).slice(0, 16_000));
      const registration = testRegistration(LMS);
      await typedErrorOrValue(() => requestAccessToken(registration, [SCOPE.score], { fetch }));
      await typedErrorOrValue(() => listMemberships(testClient(LMS, { fetch })));
      await typedErrorOrValue(() => postScore(testClient(LMS, { fetch }), scoreFor("u")));
    },
    60_000,
  );
});

test("words of a refusal that are megabytes long are answered in time", async () => {
  const body = JSON.stringify({ error: fill("eyJ").slice(0, 4e6), error_description: fill("eyJ") });
  const fetch = answering(400, body.slice(0, -1) + "}");
  const registration = testRegistration(LMS);
  await typedErrorOrValue(() => requestAccessToken(registration, [SCOPE.score], { fetch }));
}, 60_000);

test.each(["<", '"', ",", ";", "rel=", " ", "rel ", "<a>;rel=x,", ';title="\\', "“"])(
  "sixteen kilobytes of %j in a Link header are read in time",
  (part) => {
    const startedAt = performance.now();
    findRelatedPage(part.repeat(16_384 / part.length), "next", LMS);
    expect(performance.now() - startedAt).toBeLessThan(LONGEST_MS);
  },
);
