import { afterAll, beforeAll, expect, test } from "vitest";
import { ROUTES } from "../../../../app/_server/rest/routes/index.ts";
import { GET as index } from "../../../../app/docs/api/route.ts";
import { GET as ofTag } from "../../../../app/docs/api/[tag]/route.ts";
import { TAGS } from "../../../../app/_server/rest/document/tags.ts";
import { slugOf } from "../../../../app/_server/rest/reference/node.ts";
import { API_URL, startApi, type Api } from "#tests/support/api.ts";

let api: Api;
const pages = new Map<string, string>();
beforeAll(async () => {
  api = await startApi();
  for (const tag of Object.keys(TAGS)) pages.set(tag, await (await tagPage(slugOf(tag))).text());
});
afterAll(() => api.stop());

const tagPage = (tag: string) =>
  ofTag(new Request(`${API_URL}/docs/api/${tag}`), { params: Promise.resolve({ tag }) });

test("every operation stands on the page of its tag, and is linked from the first", async () => {
  const first = await (await index(new Request(`${API_URL}/docs/api`))).text();
  for (const { id, tag, path, method, summary } of ROUTES) {
    expect(pages.get(tag)).toContain(`id="${id}"`);
    expect(first).toContain(`href="/docs/api/${slugOf(tag)}#${id}"`);
    expect(pages.get(tag)).toContain(`<b>${method}</b> <code>${path}</code>`);
    expect(pages.get(tag)).toContain(summary.replaceAll("'", "&#39;").replaceAll('"', "&quot;"));
  }
});

test("an operation has parameters, fields with those inside, errors and a curl", () => {
  const grades = pages.get("Grades") ?? "";
  const [, rest = ""] = grades.split('id="pushCourseScores"');
  const section = rest.split("</section>")[0] ?? "";
  for (const part of ["courseId", "Idempotency-Key", "lineItem.resourceId", "scores[].scoreGiven"])
    expect(section).toContain(`<code>${part}</code>`);
  expect(section).toContain("all-or-nothing | what-is-right");
  expect(section).toContain("<code>rows[].advice</code>");
  expect(section).toContain("<b>422</b>");
  expect(section).toContain(`curl -X POST &quot;${API_URL}/api/v1/courses/$courseId/scores&quot;`);
});

test("nothing is fetched by a page, and no script can run on it", async () => {
  for (const response of [
    await index(new Request(`${API_URL}/docs/api`)),
    await tagPage("grades"),
  ]) {
    const policy = response.headers.get("content-security-policy") ?? "";
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toContain("script-src");
    expect(policy).toContain("frame-ancestors 'none'");
    const text = await response.text();
    expect(text).not.toMatch(/<script|<link|<img|src=/);
  }
});

test("a tag that there is not is not found", async () => {
  expect((await tagPage("nothing")).status).toBe(404);
});
