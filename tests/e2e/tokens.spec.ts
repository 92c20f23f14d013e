import type { Page } from "@playwright/test";
import { expectAccessible } from "./support/accessible.ts";
import { finishedRun, givenCourse, givenRegistration, startRun } from "./support/api.ts";
import { platform } from "./support/platform.ts";
import { SIGNED_IN } from "./support/site.ts";
import { expect, test } from "./support/test.ts";

const REGISTRATIONS = 16;
const NAME = "Token College";

let registrationId: string;

/** Registrations without a token, and one whose token a run used, that was dropped and renewed. */
test.beforeAll(async () => {
  for (let index = 1; index < REGISTRATIONS; index++)
    await givenRegistration(`${NAME} ${String(index).padStart(2, "0")}`);
  ({ id: registrationId } = await givenRegistration(`${NAME} 99`));
  const { course } = await givenCourse(registrationId, { title: "Tokenomics", members: 5 });
  await finishedRun((await startRun({ kind: "roster_sync", courseId: course.id })).id);
});

test("the list has a line for each registration, sorted and filtered", async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.goto(`/tokens?q=${encodeURIComponent(NAME)}`);
  await expect(rows(page)).toHaveCount(REGISTRATIONS);
  const ends = await rows(page).evaluateAll((all) =>
    all.map((row) => row.getBoundingClientRect().bottom),
  );
  expect(ends.filter((bottom) => bottom <= 800).length).toBeGreaterThanOrEqual(14);
  const used = rows(page).filter({ hasText: `${NAME} 99` });
  await expect(used).toContainText("Valid");
  await expect(used).toContainText("1 run");

  const state = page.getByRole("columnheader", { name: "State" });
  await state.getByRole("link").click();
  await expect(state).toHaveAttribute("aria-sort", "ascending");
  await expect(rows(page).first()).toContainText(`${NAME} 99`);

  await page.getByRole("combobox", { name: "State" }).selectOption("valid");
  await expect(rows(page)).toHaveCount(1);
  await expect(page).toHaveURL(/state=valid/);
});

test("by keyboard: down the list, into a page, along its bars", async ({ page }) => {
  await page.goto(`/tokens?q=${encodeURIComponent(NAME)}&sort=-expiresAt`);
  await expect(async () => {
    await page.getByRole("link", { name: `${NAME} 99` }).focus();
    await page.keyboard.press("j");
    await expect(rows(page).nth(1).getByRole("link").first()).toBeFocused({ timeout: 500 });
  }).toPass();
  await page.keyboard.press("k");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(`Token of ${NAME} 99`);
  await expect(page.getByRole("heading", { level: 1 })).toBeFocused();

  const bars = page.getByRole("listbox", { name: /Tokens and the runs/ }).getByRole("option");
  await expect(bars).toHaveCount(2);
  await bars.first().focus();
  await page.keyboard.press("End");
  await expect(bars.last()).toBeFocused();
  await expect(bars.last()).toHaveAttribute("aria-selected", "true");
  const card = page.getByRole("region", { name: "Latest tokens" });
  await expect(card.getByRole("link", { name: /Tokenomics/ }).first()).toBeVisible();
});

test("the page says what is granted, who needs it and what would break", async ({ page }) => {
  await page.goto(`/tokens/${registrationId}`);
  const scope = page
    .getByRole("region", { name: "Scopes" })
    .getByRole("row")
    .filter({ hasText: "contextmembership.readonly" });
  await expect(scope).toContainText("Granted");
  await expect(scope).toContainText("rosters cannot be read");
  await scope.getByRole("link", { name: "1 course" }).click();
  await expect(page).toHaveURL(/\/courses\?registrationId=.*scope=/);
  await expect(rows(page)).toHaveCount(1);
});

test("the assertion is decoded, with its parts explained and without a signature", async ({
  page,
}) => {
  await page.goto(`/registrations/${registrationId}/token`);
  const card = page.getByRole("region", { name: "Client assertion" });
  for (const part of ["alg", "kid", "typ", "iss", "sub", "aud", "iat", "exp", "jti"])
    await expect(card.getByRole("rowheader", { name: part, exact: true })).toBeVisible();
  await expect(card).not.toContainText("eyJ");
});

test("a token that is dropped and asked for by hand is in the history, with reasons", async ({
  page,
}) => {
  await page.goto(`/tokens/${registrationId}`);
  await page.getByRole("button", { name: "Drop from cache" }).click();
  await expect(page.getByText("Dropped", { exact: true }).first()).toBeVisible();
  await page.getByRole("button", { name: "Refresh now" }).click();
  const history = page.getByRole("region", { name: "Token requests" });
  await expect(rows(page)).toHaveCount(2);
  await expect(rows(page).first()).toContainText("By hand");
  await expect(rows(page).last()).toContainText("First use");
  await history.getByRole("combobox", { name: "Why" }).selectOption("forced");
  await expect(rows(page)).toHaveCount(1);
  await expectAccessible(page);
});

test("what the platform refuses is said on the list and the page", async ({ page }) => {
  await platform.misbehave({ kind: "token_error" });
  await page.goto(`/tokens/${registrationId}`);
  await page.getByRole("button", { name: "Refresh now" }).click();
  await expect(page.getByText("Refused", { exact: true }).first()).toBeVisible();
  await platform.behave({});
  await page.goto("/tokens?state=refused");
  await expect(rows(page).filter({ hasText: `${NAME} 99` })).toHaveCount(1);
  await expectAccessible(page);
});

test("a phone shows list and page without scrolling sideways", async ({ page }) => {
  for (const [name, path] of Object.entries({ list: "/tokens", page: `/tokens/${registrationId}` }))
    for (const width of [390, 1280])
      for (const colorScheme of ["light", "dark"] as const) {
        await page.setViewportSize({ width, height: 844 });
        await page.emulateMedia({ colorScheme });
        await page.goto(path);
        await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
        const isWider = await page.evaluate(
          () => document.documentElement.scrollWidth > document.documentElement.clientWidth,
        );
        expect({ path, width, isWider }).toEqual({ path, width, isWider: false });
        const picture = `test-results/tokens-${name}-${width}-${colorScheme}.png`;
        await page.screenshot({ path: picture, fullPage: true });
      }
});

test("without JavaScript: filters, orders, the page with its pictures and history", async ({
  browser,
}) => {
  const context = await browser.newContext({ javaScriptEnabled: false, storageState: SIGNED_IN });
  const page = await context.newPage();
  await page.goto("/tokens");
  await page.getByRole("searchbox", { name: "Search tokens" }).fill(`${NAME} 99`);
  await page.getByRole("button", { name: "Apply" }).click();
  await expect(rows(page)).toHaveCount(1);
  await page.getByRole("link", { name: `${NAME} 99` }).click();
  await expect(page.getByRole("option").first()).toBeVisible();
  await expect(page.getByRole("rowheader", { name: "jti", exact: true })).toBeVisible();
  await page.getByRole("link", { name: "Latest 24" }).click();
  await expect(page).toHaveURL(/tokens=24/);
  await context.close();
});

function rows(page: Page) {
  return page.locator("[data-row]");
}
