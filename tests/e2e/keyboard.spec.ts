import type { Locator, Page } from "@playwright/test";
import { givenCourse, givenRegistration, givenScores, learnersOf } from "./support/api.ts";
import { expect, test } from "./support/test.ts";

test("the main job is done by keyboard alone", async ({ page }) => {
  const { id: registrationId } = await givenRegistration("Keyboard College");
  const { course, lineItems } = await givenCourse(registrationId, {
    title: "A course of typing",
    members: 30,
    lineItems: [{ label: "Speed" }],
  });
  await givenScores(lineItems[0]?.id ?? "", await learnersOf(course.contextId));

  await page.goto("/");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Skip to content" })).toBeFocused();
  await press(page, page.getByRole("link", { name: "Registrations" }).first());
  await press(page, page.getByRole("link", { name: "Keyboard College" }));
  await press(page, page.getByRole("button", { name: "Sync all rosters" }));
  await expect(page).toHaveURL(/\/runs\//);
  await expect(page.locator("main").getByText("Done", { exact: true }).first()).toBeVisible();

  await press(page, page.getByRole("link", { name: "Courses" }).first());
  await press(page, page.getByRole("link", { name: "A course of typing" }));
  await press(page, page.getByRole("button", { name: "Send 29 scores…" }));
  const dialog = page.getByRole("dialog", { name: "Send 29 scores to Keyboard College?" });
  await press(page, dialog.getByRole("button", { name: "Send 29 scores" }));
  await expect(page).toHaveURL(/\/runs\//);
  await expect(page.getByText("29 of 29 scores").first()).toBeVisible();
});

test("Enter in a field saves the form, and takes nothing out of it", async ({ page }) => {
  const { id } = await givenRegistration("Enter College");
  await page.goto(`/registrations/${id}/settings`);
  const name = page.getByLabel("Name", { exact: true });
  await name.fill("Entered College");
  await name.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: "Entered College" })).toBeVisible();
  await expect(page).toHaveURL(new RegExp(`/registrations/${id}$`));
});

test("a search box shows what the list is narrowed to", async ({ page }) => {
  await givenRegistration("Search College");
  await page.goto("/registrations");
  const search = page.getByRole("searchbox", { name: "Search registrations" });
  await search.fill("nothing is called like this");
  await page.getByRole("button", { name: /clear/i }).first().click();
  await expect(search).toHaveValue("");
  await expect(page.getByText("Search College").first()).toBeVisible();
});

/** Reaches a control by Tab, as a keyboard does, sees that its focus shows, and presses Enter. */
async function press(page: Page, control: Locator): Promise<void> {
  await expect(control).toBeVisible();
  for (let steps = 0; steps < 80; steps++) {
    if (await isFocused(control)) {
      const outline = await control.evaluate((element) => getComputedStyle(element).outlineStyle);
      expect(outline).not.toBe("none");
      await page.keyboard.press("Enter");
      return;
    }
    await page.keyboard.press("Tab");
  }
  throw new Error(`80 tabs did not reach ${control}`);
}

function isFocused(control: Locator): Promise<boolean> {
  return control.evaluate((element) => element === document.activeElement);
}
