import type { Page } from "@playwright/test";
import { expectAccessible } from "./support/accessible.ts";
import { givenCourse, givenRegistration } from "./support/api.ts";
import { SITE } from "./support/site.ts";
import { expect, test } from "./support/test.ts";

test("a menu is moved through by arrows and first letters, and gives the focus back", async ({
  page,
}) => {
  await page.goto("/audit");
  const button = page.getByRole("button", { name: "Theme" });
  const item = (name: string) => page.getByRole("menuitemradio", { name });
  await whenReady(page, async () => {
    await button.press("Enter");
    await expect(item("As the system")).toBeFocused({ timeout: 1_000 });
  });
  await page.keyboard.press("ArrowDown");
  await expect(item("Light")).toBeFocused();
  await page.keyboard.press("End");
  await expect(item("Dark")).toBeFocused();
  await page.keyboard.press("a");
  await expect(item("As the system")).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(item("Dark")).toBeHidden();
  await expect(button).toBeFocused();

  await button.press("Enter");
  await expect(item("As the system")).toBeFocused();
  await page.keyboard.press("End");
  await page.keyboard.press("Enter");
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await expect(item("Dark")).toBeHidden();
  await expect(button).toBeFocused();
  await button.click();
  await expect(item("Dark")).toHaveAttribute("aria-checked", "true");
  await item("As the system").click();

  await button.click();
  await expect(item("Dark")).toBeVisible();
  // A narrow window has the menu elsewhere, so this comes last.
  await expectAccessible(page);
});

test("a dialog keeps the focus inside, and gives it back to what opened it", async ({ page }) => {
  await page.goto("/settings");
  const button = page.getByRole("button", { name: /^Rotate API key / }).first();
  const dialog = page.getByRole("dialog", { name: /^Rotate the key / });
  const field = dialog.getByLabel("The present key goes on");
  await whenReady(page, async () => {
    await button.press("Enter");
    await expect(dialog).toBeVisible({ timeout: 1_000 });
  });
  await expect(field).toBeFocused();
  for (let steps = 0; steps < 12; steps++) {
    await page.keyboard.press("Tab");
    expect(await isFocusOutside(page)).toBe(false);
  }
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await expect(button).toBeFocused();

  await button.press("Enter");
  await dialog.getByRole("button", { name: "Cancel" }).click();
  await expect(button).toBeFocused();
  await button.press("Enter");
  await field.selectOption({ index: 0 });
  await page.mouse.click(5, 5);
  await expect(dialog).toBeHidden();
  await expect(button).toBeFocused();
  await button.press("Enter");
  await expect(field).toHaveValue("24");
  await expectAccessible(page);
});

test("after navigation the focus is on the new page's heading", async ({ page }) => {
  await page.goto("/courses");
  await page.getByRole("link", { name: "Schedules" }).first().press("Enter");
  const heading = page.getByRole("heading", { name: "Schedules", level: 1 });
  await expect(heading).toBeFocused();

  await page.setViewportSize({ width: 390, height: 800 });
  const button = page.getByRole("button", { name: "Open navigation" });
  await button.press("Enter");
  const sheet = page.getByRole("dialog", { name: "Navigation" });
  await expect(sheet.getByRole("button", { name: "Close navigation" })).toBeFocused();
  await expectAccessible(page);
  await page.setViewportSize({ width: 390, height: 800 });
  await page.keyboard.press("Escape");
  await expect(sheet).toBeHidden();
  await expect(button).toBeFocused();
  await button.press("Enter");
  await sheet.getByRole("link", { name: "Holds" }).click();
  await expect(page.getByRole("heading", { name: "Holds", level: 1 })).toBeFocused();
  await expect(sheet).toBeHidden();
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("a telephone's navigation opens, and a list is narrowed and sorted", async ({ page }) => {
    const { id: registrationId } = await givenRegistration("Scriptless College");
    for (const title of ["Falconry", "Fencing"])
      await givenCourse(registrationId, { title, members: 3 });
    await page.setViewportSize({ width: 390, height: 800 });
    await page.goto("/");
    if (page.url().includes("/login")) {
      await page.getByLabel("E-mail").fill(SITE.operator.email);
      await page.getByLabel("Password").fill(SITE.operator.password);
      await page.getByRole("button", { name: "Sign in" }).click();
    }
    await page.getByRole("button", { name: "Open navigation" }).click();
    await page.getByRole("dialog", { name: "Navigation" }).getByText("Courses").click();
    await expect(page.getByRole("heading", { name: "Courses", level: 1 })).toBeVisible();

    await page.setViewportSize({ width: 1280, height: 900 });
    await page.getByRole("searchbox", { name: "Search courses" }).fill("falcon");
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(/q=falcon/);
    await expect(page.getByRole("link", { name: "Falconry" })).toBeVisible();
    await expect(page.getByRole("link", { name: "Fencing" })).toBeHidden();
    await page.getByRole("columnheader", { name: "Members" }).getByRole("link").click();
    await expect(page).toHaveURL(/sort=memberCount/);
    await expect(page).toHaveURL(/q=falcon/);
  });
});

/** A key that comes before the page's scripts is nobody's. */
async function whenReady(page: Page, attempt: () => Promise<void>): Promise<void> {
  await expect(attempt).toPass();
  await page.waitForLoadState("load");
}

/** On the page behind a dialog; the browser's own controls are neither here nor there. */
function isFocusOutside(page: Page): Promise<boolean> {
  return page.evaluate(() => {
    const { activeElement, body } = document;
    return activeElement !== body && activeElement?.closest("dialog") === null;
  });
}
