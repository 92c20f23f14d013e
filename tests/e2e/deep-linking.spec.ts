import type { Page } from "@playwright/test";
import { expectAccessible } from "./support/accessible.ts";
import { addColumn, listCourses, listLineItems } from "./support/api.ts";
import { platform } from "./support/platform.ts";
import { SITE } from "./support/site.ts";
import { givenLaunchingTool } from "./support/launching.ts";
import { expect, test } from "./support/test.ts";

test.describe.configure({ timeout: 240_000 });

const DEEP_LINKING = "LtiDeepLinkingRequest" as const;
const COLUMNS = [
  { label: "Essay", scoreMaximum: 60 },
  { label: "Quiz", scoreMaximum: 10 },
];

/** A course that was launched, with two columns that are known here. */
async function givenKnownCourse(page: Page, title: string) {
  const tool = await givenLaunchingTool();
  const contextId = crypto.randomUUID();
  const made = await platform.addCourse({ contextId, title, members: 2, lineItems: COLUMNS });
  await launch(page, { ...tool, contextId, message: DEEP_LINKING });
  const course = (await listCourses()).find((each) => each.contextId === contextId);
  const courseId = course?.id ?? "";
  for (const { url, label, scoreMaximum } of made.lineItems) {
    await addColumn(courseId, { url, label, scoreMaximum });
  }
  return { ...tool, contextId, courseId };
}

/** Opens a launch in a window; the LMS's pages have a button where scripts do not run. */
async function launch(page: Page, plan: Parameters<typeof platform.startLaunch>[0]) {
  await page.goto((await platform.startLaunch({ ...plan, storage: false })).url);
  const goOn = page.getByRole("button", { name: "Go on" });
  const arrived = page.getByRole("heading", { name: /Add Rollbook|Rhetoric/ });
  while (!(await arrived.isVisible())) {
    await expect(goOn.or(arrived).first()).toBeVisible();
    if (await goOn.isVisible()) await goOn.click();
  }
}

test("an instructor adds a known activity in the LMS's frame, and its launch brings the column", async ({
  page,
}) => {
  const { clientId, contextId, courseId } = await givenKnownCourse(page, "Rhetoric");
  await page.goto(SITE.platformUrl);
  const row = page.getByRole("row").filter({ hasText: contextId });
  await row.getByRole("button", { name: "Add a link" }).last().click();
  const frame = page.frameLocator("#tool");
  await expect(frame.getByRole("radio")).toHaveCount(4);
  await frame.getByRole("button", { name: "Add link" }).click();
  await expect(frame.getByRole("alert")).toHaveText("Choose at least one, or add nothing.");
  await frame.getByRole("radio", { name: /^Essay/ }).check();
  await frame.getByRole("button", { name: "Add link" }).click();
  await expect(frame.getByText("Links added: 1")).toBeVisible();

  await launch(page, { clientId, contextId, resourceLinkId: "link-1" });
  await expect(async () => {
    const linked = (await listLineItems(courseId)).filter((each) => each.resourceLinkId);
    expect(linked).toMatchObject([{ label: "Essay", scoreMaximum: 60, resourceLinkId: "link-1" }]);
  }).toPass();
});

test("nothing is added where the person goes back", async ({ page }) => {
  const asked = { ...(await givenKnownCourse(page, "Drama")), message: DEEP_LINKING };
  const { clientId, contextId, message } = asked;
  await launch(page, { clientId, contextId, message });
  await expectAccessible(page);
  await page.getByRole("button", { name: "Add nothing" }).click();
  await expect(page.getByText("Links added: 0")).toBeVisible();
});

test.describe("without scripts", () => {
  test.use({ javaScriptEnabled: false });

  test("several activities are added at once, a new one among them", async ({ page }) => {
    const { clientId, contextId } = await givenKnownCourse(page, "Poetry");
    await launch(page, { clientId, contextId, message: DEEP_LINKING, acceptMultiple: true });
    await page.getByRole("checkbox", { name: /^Essay/ }).check();
    await page.getByRole("checkbox", { name: /^Quiz/ }).check();
    await page.getByRole("checkbox", { name: /^A new activity/ }).check();
    await page.getByLabel("Points", { exact: true }).fill("12,5");
    await page.getByRole("button", { name: "Add links" }).click();
    await expect(page.getByText("The title is missing.")).toBeVisible();
    await expect(page.getByText("This is not a number.")).toBeVisible();
    await expect(page.getByRole("checkbox", { checked: true })).toHaveCount(3);
    await page.getByLabel("Title", { exact: true }).fill("Recital");
    await page.getByLabel("Points", { exact: true }).fill("12.5");
    await page.getByRole("button", { name: "Add links" }).click();
    await expect(page.getByRole("listitem")).toHaveText(["Essay", "Quiz", "Recital"]);
    await page.getByRole("button", { name: "Send to the LMS" }).click();
    await expect(page.getByText("Links added: 3")).toBeVisible();
    const made = await platform.lineItemsOf({ contextId });
    expect(made.slice(COLUMNS.length)).toMatchObject([
      ...COLUMNS,
      { label: "Recital", scoreMaximum: 12.5 },
    ]);
  });
});
