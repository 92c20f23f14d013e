import { finishedRun, givenCourse, givenRegistration } from "./support/api.ts";
import { SITE } from "./support/site.ts";
import { expect, test } from "./support/test.ts";

test.use({ javaScriptEnabled: false, storageState: { cookies: [], origins: [] } });

test("signing in and starting a sync need no JavaScript", async ({ page }) => {
  const { id: registrationId } = await givenRegistration("Plain College");
  const { course } = await givenCourse(registrationId, { title: "Oratory", members: 12 });

  await page.goto(`/courses/${course.id}`);
  await page.getByLabel("E-mail").fill(SITE.operator.email);
  await page.getByLabel("Password").fill(SITE.operator.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("heading", { name: "Oratory", level: 1 })).toBeVisible();

  await page.getByRole("button", { name: "Sync roster" }).click();
  await expect(page).toHaveURL(/\/runs\//);
  const run = await finishedRun(new URL(page.url()).pathname.split("/").at(-1) ?? "");
  expect(run.state).toBe("succeeded");

  await page.goto(`/courses/${course.id}/roster`);
  await expect(page.getByRole("row")).toHaveCount(12 + 1);

  await page.goto("/audit");
  await page.getByRole("searchbox", { name: "Find anything" }).fill("orator");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/search\?q=orator$/);
  await expect(page.getByRole("button", { name: "Sync roster of Oratory" })).toBeVisible();
  await page.getByRole("link", { name: "Oratory", exact: true }).click();
  await expect(page.getByRole("heading", { name: "Oratory", level: 1 })).toBeVisible();
});
