import type { BrowserContext, Page } from "@playwright/test";
import { expectAccessible } from "./support/accessible.ts";
import {
  addColumn,
  finishedRun,
  givenScores,
  learnersOf,
  listCourses,
  startRun,
} from "./support/api.ts";
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

    await frame.getByRole("button", { name: "Sign out" }).click();
    await expect(frame.getByRole("heading", { name: "Signed out" })).toBeVisible();
  });
}

for (const isBlocked of [false, true]) {
  const words = isBlocked ? ", with third-party cookies blocked" : "";

  test(`a learner sees their own grades, and has them checked${words}`, async ({ page }) => {
    const tool = await givenLaunchingTool();
    const contextId = crypto.randomUUID();
    const made = await platform.addCourse({
      contextId,
      title: "Geology",
      members: 4,
      lineItems: [{ label: "Rocks", scoreMaximum: 20 }],
    });
    const [learner, other] = await learnersOf(contextId);
    // The instructor's launch makes the course.
    await page.goto((await platform.startLaunch({ ...tool, contextId })).url);
    await expect(page.getByRole("heading", { name: "Geology" })).toBeVisible();
    const course = (await listCourses()).find((each) => each.contextId === contextId);
    const url = made.lineItems[0]?.url ?? "";
    const column = await addColumn(course?.id ?? "", { url, label: "Rocks", scoreMaximum: 20 });
    await givenScores(column.id, [learner ?? "", other ?? ""]);
    await finishedRun((await startRun({ kind: "grade_sync", courseId: course?.id })).id);
    if (isBlocked) await blockCookies(page.context());

    const frame = await open(page, contextId, "learner");
    await expect(frame.getByRole("heading", { name: "Your grades" })).toBeVisible();
    const row = frame.getByRole("row").filter({ hasText: "Rocks" });
    await expect(row).toContainText("0 of 20");
    await expect(row).toContainText("Sent, not checked yet.");
    await expect(frame.getByRole("row")).toHaveCount(2);
    await frame.getByRole("button", { name: "Check again" }).click();
    await expect(frame.getByRole("status")).toContainText("Your grades are being checked.");
    await expect(async () => {
      await frame.getByRole("button", { name: "Show again" }).click();
      await expect(row).toContainText("The gradebook has it.", { timeout: 2_000 });
    }).toPass();
  });
}

test.describe("without scripts", () => {
  test.use({ javaScriptEnabled: false });

  test("a learner's page is shown again, and says when it was asked too soon", async ({ page }) => {
    const tool = await givenLaunchingTool();
    const contextId = crypto.randomUUID();
    await platform.addCourse({ contextId, title: "Mineralogy", members: 3 });
    const { url } = await platform.startLaunch({
      ...tool,
      contextId,
      as: "learner",
      storage: false,
    });
    await page.goto(url);
    await page.getByRole("button", { name: "Go on" }).click();
    await page.getByRole("button", { name: "Go on" }).click();
    await expect(page.getByRole("heading", { name: "Your grades" })).toBeVisible();
    await expect(page.getByText("No grade of yours")).toBeVisible();
    await page.getByRole("button", { name: "Show again" }).click();
    await expect(page.getByText("No grade of yours")).toBeVisible();
    const session = await page.locator("input[name=session]").first().inputValue();
    await page.getByRole("button", { name: "Sign out" }).click();
    await expect(page.getByRole("heading", { name: "Signed out" })).toBeVisible();
    const later = await page.request.post(`${SITE.url}/lti/grades`, {
      form: { session, act: "show" },
    });
    expect(await later.text()).toContain("This page has expired");
  });
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

test("a learner's page: nothing that axe finds", async ({ page }) => {
  const tool = await givenLaunchingTool();
  const contextId = crypto.randomUUID();
  const made = await platform.addCourse({
    contextId,
    title: "Palaeontology",
    members: 3,
    lineItems: [{ label: "An essay about the fossils of the Jurassic coast" }],
  });
  await page.goto((await platform.startLaunch({ ...tool, contextId })).url);
  await expect(page.getByRole("heading", { name: "Palaeontology" })).toBeVisible();
  const course = (await listCourses()).find((each) => each.contextId === contextId);
  const { url = "", label = "" } = made.lineItems[0] ?? {};
  const column = await addColumn(course?.id ?? "", { url, label, scoreMaximum: 100 });
  await givenScores(column.id, await learnersOf(contextId));
  await page.goto((await platform.startLaunch({ ...tool, contextId, as: "learner" })).url);
  await expect(page.getByRole("button", { name: "Check again" })).toBeVisible();
  await expectAccessible(page);
});
