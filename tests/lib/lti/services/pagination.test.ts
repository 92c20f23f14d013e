import { describe, expect, test } from "vitest";
import { findRelatedPage, parseLinkHeader } from "#lib/lti/services/pagination.ts";

const BASE = "https://lms.example.edu/a/members?limit=2";
const NEXT = "https://lms.example.edu/a/members?page=2";

describe("findRelatedPage", () => {
  test.each([
    ["as the standard writes it", `<${NEXT}>; rel="next"`],
    ["without quotes", `<${NEXT}>; rel=next`],
    ["in single quotes", `<${NEXT}>; rel='next'`],
    ["in curly quotes (Moodle)", `<${NEXT}>; rel=“next”`],
    ["in curly quotes read as Latin-1", `<${NEXT}>; rel=\u00e2\u0080\u009cnext\u00e2\u0080\u009d`],
    ["in capitals", `<${NEXT}>; REL="Next"`],
    ["with spaces", `  < ${NEXT} > ;  rel = "next" `],
    ["among several relations", `<${NEXT}>; rel="first next"`],
    ["after other parameters", `<${NEXT}>; title="a, b; c"; rel="next"`],
    ["after a title that speaks of rel", `<${NEXT}>; title="x; rel=first, y"; rel="next"`],
    ["after a title with quotes in it", `<${NEXT}>; title="a \\"rel=prev\\", <b>"; rel="next"`],
    ["whatever a second rel says", `<${NEXT}>; rel="next"; rel="prev"`],
    ["after other links", `<https://x.edu/1>; rel="first",<${NEXT}>; rel="next"`],
    ["before other links", `<${NEXT}>; rel="next", <https://x.edu/9>; rel="last"`],
    ["without angle brackets", `${NEXT}; rel="next"`],
    ["without angle brackets, several", `https://x.edu/1; rel="first", ${NEXT}; rel=next`],
    ["as a relative address", `<members?page=2>; rel="next"`],
    ["as an absolute path", `</a/members?page=2>; rel="next"`],
  ])("finds the next page %s", (_case, header) => {
    expect(findRelatedPage(header, "next", BASE)).toEqual({ kind: "found", url: NEXT });
  });

  test.each([
    ["commas", "https://lms.example.edu/a?ids=1,2,3"],
    ["semicolons", "https://lms.example.edu/a;v=1?x=1;y=2"],
    ["commas before an address", "https://lms.example.edu/a?back=x,https://y.edu/"],
    ["an equals sign and rel", "https://lms.example.edu/a?rel=next&p=2"],
  ])("keeps %s inside an address", (_case, url) => {
    const header = `<https://x.edu/?rel=1>; rel="prev", <${url}>; rel="next"`;
    expect(findRelatedPage(header, "next", BASE)).toEqual({ kind: "found", url });
  });

  test("reads &amp; in an address as & (Moodle)", () => {
    const header = "<https://lms.example.edu/a?limit=2&amp;from=2>; rel=“next”";
    expect(findRelatedPage(header, "next", BASE)).toEqual({
      kind: "found",
      url: "https://lms.example.edu/a?limit=2&from=2",
    });
  });

  test.each([
    ["no header", null],
    ["an empty header", ""],
    ["other relations only", '<https://x.edu/>; rel="prev"'],
    ["a title that speaks of it", '<https://x.edu/>; title="rel next"; rel="prev"'],
    ["scraps that do not speak of it", '<https://x.edu/>; rel="prev", <https://x.edu/a.css>'],
    ["a relation that only begins alike", '<https://x.edu/>; rel="nextish"'],
  ])("finds no next page in %s", (_case, header) => {
    expect(findRelatedPage(header, "next", BASE)).toEqual({ kind: "none" });
  });

  test("does not take a header that is too long to read for the end", () => {
    const header = `<https://x.edu/${"y".repeat(20_000)}>; rel="prev", <${NEXT}>; rel="next"`;
    expect(findRelatedPage(header, "next", BASE).kind).toBe("unreadable");
  });

  test.each([
    ["nothing but scraps", "<<<>;;; rel=, next"],
    ["a header that ends early", `<${NEXT}>; re`],
    ["scraps of it among links", `<https://x.edu/1>; rel="prev", <${NEXT}>; next`],
    ["a relation that never closes", `<${NEXT}>; rel="next`],
    ["no address", '; rel="next"'],
    ["an empty address", '<>; rel="next"'],
    ["another scheme", '<javascript:alert(1)>; rel="next"'],
    ["user information", '<https://me:pw@lms.example.edu/>; rel="next"'],
  ])("says that it cannot read %s", (_case, header) => {
    expect(findRelatedPage(header, "next", BASE).kind).toBe("unreadable");
  });
});

describe("parseLinkHeader", () => {
  test("reads every link with its relations", () => {
    const header = '<https://a.edu/1>; rel="next", <https://a.edu/2>; rel="differences self"';
    expect(parseLinkHeader(header)).toEqual([
      { target: "https://a.edu/1", relations: ["next"] },
      { target: "https://a.edu/2", relations: ["differences", "self"] },
    ]);
  });
});
