import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { adviceFor, hasAdvice } from "#lib/advice/index.ts";
import { SCOPE } from "#lib/lti/index.ts";
import { sourceFiles } from "#tests/architecture/imports.ts";

test("every error that lib can throw has a name, a cause, an owner and a fix", () => {
  const files = sourceFiles("lib").filter((file) => !/^lib\/(bin\/|env\.ts)/.test(file));
  const texts = files.map((file) => readFileSync(file, "utf8"));
  const codes = texts.flatMap((text) => text.match(/(?<=readonly code = ")[a-z_.]+(?=")/g) ?? []);
  expect(codes.length).toBeGreaterThan(40);
  // Never leaves the process: another one goes on with the bulk act.
  const without = codes.filter((code) => !hasAdvice(code) && code !== "operation.taken_over");
  expect(without).toEqual([]);
});

describe("the advice for a failed run", () => {
  test("names the switch of its LMS for a scope that is missing", () => {
    const detail = { missing: [SCOPE.score], granted: [] };
    const { fix, owner } = adviceFor("lti.scope_mismatch", { platform: "canvas", detail });
    expect(owner).toBe("platform_admin");
    expect(fix).toContain("In Canvas (Admin, Developer Keys), switch on");
    expect(fix).toContain("Can create and update submission results");
  });

  test("names the switch of the service that was refused, by what was asked", () => {
    const fixOf = (operation: string) =>
      adviceFor("lti.access_denied", { platform: "schoology", detail: { operation } }).fix;
    expect(fixOf("memberships.list")).toContain("switch on “Names and Roles Services”, and");
    expect(fixOf("score.post")).toContain("switch on “Assignments and Grade Services”, and");
    expect(fixOf("own.groups")).toContain(
      "switch on “Names and Roles Services” and “Assignments and Grade Services”, and",
    );
  });

  test("names a scope itself where the LMS has no word for its switch", () => {
    const scope = "https://lms.example.edu/scope/contextgroup.readonly";
    const { fix } = adviceFor("lti.scope_mismatch", { platform: "schoology", detail: { scope } });
    expect(fix).toContain("switch on “contextgroup.readonly”.");
  });

  test("tells a lost header from a closed course by the error's hint", () => {
    const about = (hint: string) => ({ platform: "moodle", course: "History", detail: { hint } });
    const lost = adviceFor("lti.access_denied", about("authorization_header_lost"));
    const closed = adviceFor("lti.access_denied", about("course_unavailable"));
    expect(lost.fix).toContain("CGIPassAuth On");
    expect(closed).toMatchObject({ owner: "instructor" });
    expect(closed.cause).toContain("“History”");
  });

  test("reads a refused token's words", () => {
    const detail = { error: "invalid_client", description: "aud must be the issuer" };
    const about = { platform: "brightspace", detail };
    expect(adviceFor("lti.token_refused", about).fix).toContain("Brightspace OAuth2 Audience");
  });

  test("says that a platform which is left alone needs nobody", () => {
    expect(adviceFor("sync.platform_cooling_down")).toMatchObject({ owner: "nobody" });
    expect(adviceFor("sync.platform_cooling_down").title).not.toBe("Unexpected error");
  });
});
