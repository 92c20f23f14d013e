import {
  finishedRun,
  givenCourse,
  givenRegistration,
  givenScores,
  learnersOf,
  startRun,
} from "./support/api.ts";
import { expectAccessible } from "./support/accessible.ts";
import { platform } from "./support/platform.ts";
import { expect, test } from "./support/test.ts";

let courseId: string;
let learners: string[];

test.beforeAll(async () => {
  const { id: registrationId } = await givenRegistration("Gradebook College");
  const options = { members: 70, lineItems: [{ label: "Essay" }, { label: "Quiz" }] };
  const { course, lineItems } = await givenCourse(registrationId, { title: "Prose", ...options });
  courseId = course.id;
  learners = (await learnersOf(course.contextId)).slice(0, 6);
  await finishedRun((await startRun({ kind: "roster_sync", courseId })).id);
  const { contextId } = course;
  await platform.misbehave({ kind: "ungradable_user", contextId, userId: learners[3] });
  await givenScores(lineItems[0]?.id ?? "", learners);
  await finishedRun((await startRun({ kind: "grade_sync", courseId })).id);
  const url = lineItems[0]?.url ?? "";
  await platform.overrideResult({ lineItem: url, userId: learners[0]!, resultScore: 61.5 });
  await finishedRun((await startRun({ kind: "verify", courseId })).id);
});

test("a gradebook shows people by columns, is walked by keyboard, narrowed and exported", async ({
  page,
}) => {
  await page.goto(`/courses/${courseId}/gradebook`);
  const table = page.getByRole("table", { name: /Gradebook/ });
  await expect(table.getByRole("columnheader", { name: /Essay/ })).toBeVisible();
  await expect(page.getByText(/50 of 6\d people, 2 columns/)).toBeVisible();

  const people = table.getByRole("rowheader").getByRole("link");
  await expect(async () => {
    await people.first().focus();
    await page.keyboard.press("ArrowDown");
    await expect(people.nth(1)).toBeFocused({ timeout: 500 });
  }).toPass();
  await page.keyboard.press("ArrowRight");
  await expect(
    table.getByRole("row").nth(2).getByRole("cell").first().locator("[data-cell]"),
  ).toBeFocused();

  await page.getByRole("combobox", { name: "Scores" }).selectOption("rejected");
  await page.getByRole("button", { name: "Show", exact: true }).click();
  await expect(table.getByRole("rowheader")).toHaveCount(1);
  await expect(table.getByRole("link", { name: /Rejected/ })).toBeVisible();
  const csv = await page.request.get(
    (await page.getByRole("link", { name: "Export CSV" }).getAttribute("href")) ?? "",
  );
  expect(await csv.text()).toContain("rejected");

  await page.goto(`/courses/${courseId}/gradebook?state=differs`);
  await table.getByRole("link", { name: /Differs, the platform has 61.5/ }).click();
  await expect(page).toHaveURL(/userId=/);
  await expect(page.getByText(`Of ${learners[0]} alone`)).toBeVisible();
  await page
    .getByRole("table", { name: "Scores" })
    .getByRole("row")
    .nth(1)
    .getByRole("link")
    .first()
    .click();
  await expect(page).toHaveURL(/roster\?presence=all&userId=/);
});

test("a gradebook: nothing that axe finds", async ({ page }) => {
  await page.goto(`/courses/${courseId}/gradebook`);
  await expect(page.getByRole("table", { name: /Gradebook/ })).toBeVisible();
  await expectAccessible(page);
  await page.screenshot({ path: "test-results/gradebook.png" });
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("a gradebook is narrowed and paged", async ({ page }) => {
    await page.goto(`/courses/${courseId}/gradebook`);
    await page.getByRole("link", { name: "Next people" }).click();
    await expect(page.getByRole("link", { name: "First people" })).toBeVisible();
    await page.goto(`/courses/${courseId}/gradebook`);
    await page.getByRole("combobox", { name: "Scores" }).selectOption("differs");
    await page.getByRole("button", { name: "Show", exact: true }).click();
    await expect(page.getByRole("rowheader")).toHaveCount(1);
  });
});
