import { expectAccessible } from "./support/accessible.ts";
import { givenCourse, givenRegistration, givenScores, learnersOf } from "./support/api.ts";
import { platform } from "./support/platform.ts";
import { expect, test } from "./support/test.ts";

test.describe.configure({ timeout: 240_000 });

test("a line item is compared, changed and deleted; a waiting score is withdrawn before", async ({
  page,
}) => {
  const { id } = await givenRegistration("Column College");
  const given = { title: "Columns", members: 4, lineItems: [{ label: "Quiz 1" }] };
  const { course, lineItems } = await givenCourse(id, given);
  const [column] = lineItems;
  await givenScores(column?.id ?? "", await learnersOf(course.contextId));
  await page.goto(`/courses/${course.id}/grades`);
  await page
    .getByRole("button", { name: /^Withdraw the score/ })
    .first()
    .click();
  await page.getByRole("button", { name: "Withdraw score" }).click();
  await expect(page.getByText("Score withdrawn")).toBeVisible();

  await page.getByRole("link", { name: "Line items" }).click();
  await page.getByRole("link", { name: "Quiz 1", exact: true }).click();
  await page.getByRole("button", { name: "Ask the platform" }).click();
  await expect(page.getByText("The platform has it the same.")).toBeVisible();
  await page.getByText("Delete line item…").click();
  await expectAccessible(page);

  await page.getByLabel("Label", { exact: true }).fill("Quiz one");
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(page).toHaveURL(/grades\/line-items$/);
  await page.getByRole("link", { name: "Quiz one", exact: true }).click();
  const { contextId } = course;
  expect(await platform.lineItemsOf({ contextId })).toMatchObject([{ label: "Quiz one" }]);

  await expect(page.getByText("2 scores are held for it here")).toBeVisible();
  await page.getByText("Delete line item…").click();
  const typed = page.getByLabel("Type “Quiz one” to go on");
  await typed.fill("Quiz");
  await page.getByRole("button", { name: "Delete line item" }).click();
  await expect(page.getByRole("link", { name: "this is not the name “Quiz one”" })).toBeVisible();
  await typed.fill("Quiz one");
  await page.getByRole("button", { name: "Delete line item" }).click();
  await expect(page.getByText("Deleted by Ada Operator")).toBeVisible();
  expect(await platform.lineItemsOf({ contextId })).toEqual([]);
});
