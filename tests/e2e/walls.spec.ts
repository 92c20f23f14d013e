import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { Page } from "@playwright/test";
import {
  finishedRun,
  givenCourse,
  givenRegistration,
  givenScores,
  learnersOf,
  startRun,
} from "./support/api.ts";
import { givenLaunchingTool } from "./support/launching.ts";
import { platform } from "./support/platform.ts";
import { SITE } from "./support/site.ts";
import { expect, test } from "./support/test.ts";

test.describe.configure({ timeout: 300_000 });

/** Another site of this machine: what the browser keeps from the network's pages is not asked here. */
const FOREIGN = { port: SITE.port + 3, url: `http://127.0.0.1:${SITE.port + 3}` };
let foreign: Server;
test.beforeAll(async () => {
  foreign = createServer((_, response) => {
    response.setHeader("content-type", "text/html");
    response.end(`<iframe name="framed"></iframe>`);
  }).listen(FOREIGN.port, "127.0.0.1");
  await once(foreign, "listening");
});
test.afterAll(() => foreign.close());

/** Every page of the build, as its route is written. */
const ROUTES = Object.entries(
  JSON.parse(readFileSync(".next/app-path-routes-manifest.json", "utf8")) as Record<string, string>,
).flatMap(([entry, route]) => (entry.endsWith("/page") && !route.startsWith("/_") ? [route] : []));

let ids: Record<string, string>;

test.beforeAll(async () => {
  const { id: registrationId } = await givenRegistration("Walled College");
  const options = { members: 8, lineItems: [{ label: "Essay" }] };
  const { course, lineItems } = await givenCourse(registrationId, { title: "Walls", ...options });
  const lineItemId = lineItems[0]?.id ?? "";
  await givenScores(lineItemId, await learnersOf(course.contextId));
  await finishedRun((await startRun({ kind: "roster_sync", registrationId })).id);
  const { id: runId } = await startRun({ kind: "grade_sync", courseId: course.id });
  await finishedRun(runId);
  ids = { registrationId, courseId: course.id, lineItemId, runId };
});

/** What there is none of has a page too: it says so. */
function pathOf(route: string): string {
  return route.replace(/\[(\w+)\]/g, (_, name: string) => ids[name] ?? crypto.randomUUID());
}

async function expectPolicy(page: Page, path: string): Promise<void> {
  const response = await page.goto(path);
  const policy = response?.headers()["content-security-policy"] ?? "";
  const scripts = policy.split("; ").find((directive) => directive.startsWith("script-src "));
  expect(scripts, path).toMatch(/'nonce-[\w+/=]{20,}' 'strict-dynamic'$/);
  expect(policy, path).toContain("frame-ancestors 'none'");
  for (const wall of ["object-src 'none'", "base-uri 'none'", "form-action 'self'"])
    expect(policy, path).toContain(wall);
  const headers = response?.headers() ?? {};
  expect(headers["cross-origin-opener-policy"], path).toBe("same-origin");
  expect(headers["cross-origin-resource-policy"], path).toBe("same-origin");
  await page.waitForLoadState("load");
  const isAlive = () =>
    page.evaluate(() =>
      [document, ...document.querySelectorAll("main")].some((node) =>
        Object.keys(node).some((key) => key.startsWith("__react")),
      ),
    );
  await expect.poll(isAlive, { message: `${path} runs no script` }).toBe(true);
}

test("every page of the console keeps to a policy without inline scripts", async ({ page }) => {
  expect(ROUTES.length).toBeGreaterThan(50);
  for (const route of ROUTES) await expectPolicy(page, pathOf(route));
  await expectPolicy(page, "/nowhere");
});

test("pages that the build has made have nothing inline, which would have no nonce", () => {
  for (const page of ["pages/500.html", "app/_global-error.html"]) {
    const html = readFileSync(`.next/server/${page}`, "utf8");
    expect(html).toContain("This page couldn’t load");
    expect(html).not.toMatch(/<script|<style|as="script"| on\w+=|javascript:/);
  }
});

test("two answers never have the same nonce", async ({ request }) => {
  const nonceOf = async () =>
    /nonce-([^']+)/.exec(
      (await request.get("/courses")).headers()["content-security-policy"] ?? "",
    )?.[1];
  const [first, second] = [await nonceOf(), await nonceOf()];
  expect(first).toBeDefined();
  expect(first).not.toBe(second);
});

test("themes and short messages keep to the policy too", async ({ page }) => {
  await page.goto(`/courses/${ids.courseId}/settings`);
  await page.getByRole("button", { name: "Theme" }).first().click();
  await page.getByRole("menuitemradio", { name: "Dark" }).click();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await page.reload();
  // The script that sets it before the first paint is inline.
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
});

test("an inline script that got into a page does not run", async ({ page, violations }) => {
  await page.route("**/courses", async (route) => {
    const response = await route.fetch();
    const injected =
      `<script>window.injected = "script"</script>` +
      `<img src="/nothing" onerror="window.injected = 'handler'">`;
    const body = (await response.text()).replace(/<body[^>]*>/, (tag) => tag + injected);
    await route.fulfill({ response, body });
  });
  await page.goto("/courses");
  await expect
    .poll(() => violations.filter((each) => each.includes("script-src")).length)
    .toBeGreaterThanOrEqual(2);
  expect(await page.evaluate(() => "injected" in window)).toBe(false);
  violations.length = 0;
});

test.describe("signed out", () => {
  test.use({ storageState: { cookies: [], origins: [] } });

  test("every page that a visitor is led to keeps to the policy", async ({ page }) => {
    for (const route of ROUTES) await expectPolicy(page, pathOf(route));
  });
});

/** What came of an address in a frame of a page of another site. */
async function frameElsewhere(page: Page, address: string): Promise<() => string> {
  await page.goto(FOREIGN.url);
  const framed = page.frame("framed");
  let failure = "";
  page.on("requestfailed", (request) => {
    if (request.frame() === framed) failure = request.failure()?.errorText ?? "";
  });
  await page.evaluate((url) => {
    const frame = document.querySelector("iframe");
    if (frame) frame.src = url;
  }, address);
  return () => `${framed?.url()} ${failure}`;
}

async function expectRefused(outcome: () => string): Promise<void> {
  await expect
    .poll(outcome, { timeout: 60_000 })
    .toBe("chrome-error://chromewebdata/ net::ERR_BLOCKED_BY_RESPONSE");
}

for (const path of ["/", "/login", "/courses", "/lti/course"])
  test(`a page of another site cannot frame ${path}`, async ({ page }) => {
    await expectRefused(await frameElsewhere(page, `${SITE.url}${path}`));
  });

async function givenPerson(as: "instructor" | "learner") {
  const tool = await givenLaunchingTool();
  const contextId = crypto.randomUUID();
  await platform.addCourse({ contextId, title: "Astronomy", members: 4, lineItems: 1 });
  return { ...tool, contextId, as };
}

test.describe("a launched page", () => {
  test("is framed by its platform and by no other site", async ({ page }) => {
    const { contextId } = await givenPerson("instructor");
    await page.goto(SITE.platformUrl);
    const row = page.getByRole("row").filter({ hasText: contextId });
    await row.getByRole("button", { name: "Open as instructor" }).last().click();
    await expect(
      page.frameLocator("#tool").getByRole("heading", { name: "Astronomy" }),
    ).toBeVisible();
    const launched = page
      .frames()
      .find((frame) => frame.url().includes("/lti/course"))
      ?.url();
    expect(launched).toContain("#");
    // Even by who has somehow got the whole address.
    await expectRefused(await frameElsewhere(page, launched ?? ""));
    const madeUp = (launched ?? "").replace(/launch=\w+/, "launch=made-up");
    await expectRefused(await frameElsewhere(page, madeUp));
  });

  for (const as of ["instructor", "learner"] as const)
    test(`is refused to another site that has an ${as} launch in its frame`, async ({ page }) => {
      const { url } = await platform.startLaunch(await givenPerson(as));
      await expectRefused(await frameElsewhere(page, url));
    });
});
