import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { findRelatedPage, parseLinkHeader } from "#lib/lti/services/pagination.ts";
import { linkHeader } from "./support/arbitraries.ts";
import { PROPERTY_MS, check } from "./support/cases.ts";

const word = fc.stringMatching(/^[a-z]{1,8}$/);
/** What may stand in a quoted parameter, with all that could be taken for something else. */
const quotedText = fc
  .array(fc.constantFrom("a", " ", ",", ";", "<", ">", '\\"', "rel=next", "next", "="))
  .map((parts) => parts.join(""));
const link = fc.record({
  target: fc.webUrl({ withQueryParameters: true }).map((url) => url.replace(/[<>"]/g, "")),
  before: fc.option(quotedText, { nil: undefined }),
  relations: fc.array(word, { minLength: 1, maxLength: 3 }),
  quote: fc.constantFrom('"', "'", "“"),
  name: fc.constantFrom("rel", "REL", "Rel"),
  space: fc.constantFrom("", " "),
});

type Link = typeof link extends fc.Arbitrary<infer Value> ? Value : never;

function write({ target, before, relations, quote, name, space }: Link): string {
  const title = before === undefined ? "" : `;${space}title="${before}"`;
  const close = quote === "“" ? "”" : quote;
  return `<${target}>${title};${space}${name}=${quote}${relations.join(" ")}${close}`;
}

describe("a Link header", () => {
  test(
    "is read as it was written, whatever else it says",
    () =>
      check(
        fc.asyncProperty(fc.array(link, { minLength: 1, maxLength: 4 }), async (links) => {
          const read = parseLinkHeader(links.map(write).join(", "));
          const written = links.map(({ target, relations }) => ({
            target: target.replaceAll("&amp;", "&"),
            relations,
          }));
          expect(read).toEqual(written);
        }),
      ),
    PROPERTY_MS,
  );

  test(
    "is none, unreadable or a web address, and never an exception",
    () =>
      check(
        fc.asyncProperty(fc.oneof(linkHeader, fc.string({ unit: "binary" })), async (header) => {
          const page = findRelatedPage(header, "next", "https://lms.example.edu/m?p=1");
          if (page.kind === "found") expect(page.url).toMatch(/^https?:\/\//);
          else expect(["none", "unreadable"]).toContain(page.kind);
        }),
      ),
    PROPERTY_MS,
  );
});
