import type { BrowserContext, Page } from "@playwright/test";
import { expectAccessible } from "./support/accessible.ts";
import { listCourses } from "./support/api.ts";
import { platform } from "./support/platform.ts";
import { SITE } from "./support/site.ts";
import { givenLaunchingTool } from "./support/launching.ts";
import { expect, test } from "./support/test.ts";

test.describe.configure({ timeout: 240_000 });

/** Opens a course in the LMS's own page, in a frame, as a person there does. */
async function open(page: Page, contextId: string, as: "instructor" | "learner") {
  await page.goto(SITE.platformUrl);
  const row = page.getByRole("row").filter({ hasText: contextId });
  await row
    .getByRole("button", { name: `Open as ${as}` })
    .last()
    .click();
  return page.frameLocator("#tool");
}

/** As in a browser that blocks third-party cookies: none that the login set is there at the launch. */
async function blockCookies(context: BrowserContext): Promise<void> {
  await context.route(`${SITE.platformUrl}/authorize**`, async (route) => {
    await context.clearCookies();
    await route.continue();
  });
}

for (const isBlocked of [false, true]) {
  const words = isBlocked ? ", with third-party cookies blocked" : "";

  test(`an instructor's launch makes the course and syncs its roster${words}`, async ({ page }) => {
    await givenLaunchingTool();
    const contextId = crypto.randomUUID();
    await platform.addCourse({ contextId, title: "Botany", members: 17, lineItems: 1 });
    if (isBlocked) await blockCookies(page.context());

    const frame = await open(page, contextId, "instructor");
    await expect(frame.getByRole("heading", { name: "Botany" })).toBeVisible();
    const course = (await listCourses()).find((each) => each.contextId === contextId);
    expect(course?.membershipsUrl).toContain(contextId);
    expect(course?.lineItemsUrl).toContain(contextId);
    expect(course?.scopes.length).toBeGreaterThan(0);

    await frame.getByRole("button", { name: "Sync roster" }).click();
    await expect(frame.getByText(/^Done/)).toBeVisible();
    await expect(frame.getByText("17", { exact: true })).toBeVisible();
  });
}

test("a learner is told that there is nothing to do", async ({ page }) => {
  await givenLaunchingTool();
  const contextId = crypto.randomUUID();
  await platform.addCourse({ contextId, title: "Geology", members: 4 });
  const frame = await open(page, contextId, "learner");
  await expect(frame.getByRole("heading", { name: "Nothing to do here" })).toBeVisible();
});

test("a launch that nobody here began is refused, and says why", async ({ page }) => {
  const tool = await givenLaunchingTool();
  const contextId = crypto.randomUUID();
  await platform.addCourse({ contextId, members: 2 });
  await platform.misbehave({ kind: "launch_signature", as: "other_key", ...tool, times: 1 });
  const { url } = await platform.startLaunch({ ...tool, contextId });
  await page.goto(url);
  await expect(page.getByRole("heading", { name: "The launch was refused" })).toBeVisible();
  await expect(page.getByText("Security Framework 1.0 §5.1.3")).toBeVisible();
  await expectAccessible(page);
});

test("the page inside the LMS: nothing that axe finds", async ({ page }) => {
  const tool = await givenLaunchingTool();
  const contextId = crypto.randomUUID();
  await platform.addCourse({ contextId, title: "Zoology", members: 2 });
  const { url } = await platform.startLaunch({ ...tool, contextId });
  await page.goto(url);
  await expect(page.getByRole("button", { name: "Sync roster" })).toBeVisible();
  await expectAccessible(page);
});
