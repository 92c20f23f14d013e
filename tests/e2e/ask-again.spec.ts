import type { Browser, BrowserContextOptions, Page } from "@playwright/test";
import { codeAt, stepAt } from "#lib/auth/second-factor/totp.ts";
import { startEmbedded } from "#lib/db/embedded/index.ts";
import { querySql } from "#tests/support/database.ts";
import { expectAccessible } from "./support/accessible.ts";
import { givenOperator, setSignInRules } from "./support/api.ts";
import { SITE } from "./support/site.ts";
import { expect, test } from "./support/test.ts";

const PASSWORD = "a password of the tests";

async function signedIn(browser: Browser, options: BrowserContextOptions = {}) {
  const email = await givenOperator("admin", PASSWORD);
  const none = { storageState: { cookies: [], origins: [] } };
  const context = await browser.newContext({ ...none, ...options });
  const page = await context.newPage();
  await enter(page, email);
  return { email, page, context };
}

async function enter(page: Page, email: string): Promise<void> {
  await page.goto("/login?returnTo=%2Fsettings");
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in" }).click();
}

/** As if the last proof were two days old, which no setting allows. */
async function letProofAge(page: Page, email: string): Promise<void> {
  await expect(page.getByRole("heading", { name: "Settings", level: 1 })).toBeVisible();
  const database = await startEmbedded(SITE.dataDir);
  await querySql(
    database.url,
    `UPDATE session SET proven_at = now() - interval '2 days'
      WHERE user_id = (SELECT id FROM "user" WHERE email = '${email}')`,
  );
  await database.stop();
}

test("a dialog asks once more who it is, and the act goes on with what was typed", async ({
  browser,
}) => {
  const { email, page, context } = await signedIn(browser);
  await letProofAge(page, email);
  await page.getByLabel("Name of a new key").fill("nightly grades");
  await page.getByRole("button", { name: "Create key" }).click();
  const dialog = page.getByRole("dialog", { name: "Confirm that it is you" });
  await expect(dialog).toBeVisible();
  await expectAccessible(page);
  await dialog.getByLabel("Your password").fill("not the password");
  await dialog.getByRole("button", { name: "Go on" }).click();
  await expect(dialog.getByRole("alert")).toHaveText(/the present password is not right/i);
  await dialog.getByLabel("Your password").fill(PASSWORD);
  await dialog.getByRole("button", { name: "Go on" }).click();
  await expect(dialog).toHaveCount(0);
  await expect(page.getByText(/rbk_/).first()).toBeVisible();
  await expect(page.getByText("nightly grades").first()).toBeVisible();
  // The session goes on, and nothing is asked again for a while.
  await page.getByLabel("Name of a new key").fill("weekly rosters");
  await page.getByRole("button", { name: "Create key" }).click();
  await expect(page.getByText("weekly rosters").first()).toBeVisible();
  await page.setViewportSize({ width: 1_280, height: 900 });
  await expect(page.getByRole("link", { name: "Registrations" }).first()).toBeVisible();
  await context.close();
});

test("who closes the dialog keeps the form as it was", async ({ browser }) => {
  const { email, page, context } = await signedIn(browser);
  await letProofAge(page, email);
  await page.getByLabel("Name of a new key").fill("kept as it was");
  await page.getByRole("button", { name: "Create key" }).click();
  const dialog = page.getByRole("dialog", { name: "Confirm that it is you" });
  await dialog.getByRole("button", { name: "Not now" }).click();
  await expect(dialog).toHaveCount(0);
  await expect(page.getByText("confirm that it is you, then this goes on")).toBeVisible();
  await expect(page.getByLabel("Name of a new key")).toHaveValue("kept as it was");
  await context.close();
});

test("without JavaScript the form keeps its values, and a page asks", async ({ browser }) => {
  const { email, page, context } = await signedIn(browser, { javaScriptEnabled: false });
  await letProofAge(page, email);
  await page.getByLabel("Name of a new key").fill("a key without scripts");
  await page.getByRole("button", { name: "Create key" }).click();
  await expect(page.getByLabel("Name of a new key")).toHaveValue("a key without scripts");
  const opening = context.waitForEvent("page");
  await page.getByRole("link", { name: /page of its own/ }).click();
  const asking = await opening;
  await asking.getByLabel("Your password").fill(PASSWORD);
  await asking.getByRole("button", { name: "Go on" }).click();
  await expect(asking.getByRole("heading", { name: "Thank you" })).toBeVisible();
  await asking.close();
  await page.getByRole("button", { name: "Create key" }).click();
  await expect(page.getByText(/rbk_/).first()).toBeVisible();
  await context.close();
});

test("an admin of whom a second factor is asked is led to set it up, and to nothing else", async ({
  browser,
}) => {
  await setSignInRules({ adminsNeedSecondFactor: true });
  try {
    const { page, context } = await signedIn(browser);
    await expect(page).toHaveURL(/\/second-factor$/);
    await page.goto("/courses");
    await expect(page).toHaveURL(/\/second-factor$/);
    await page.getByRole("button", { name: "Set up an app" }).click();
    await expect(page.getByRole("img", { name: "The key as a QR code" })).toBeVisible();
    await expectAccessible(page);
    const key = ((await page.locator("code").first().textContent()) ?? "").replaceAll(" ", "");
    await page.getByLabel("Your password").fill(PASSWORD);
    await page.getByRole("textbox", { name: "Code" }).fill(codeAt(key, stepAt(new Date())));
    await page.getByRole("button", { name: "Confirm" }).click();
    await expect(page.getByRole("status").locator("pre")).toBeVisible();
    await page.getByRole("link", { name: "Go on to the console" }).click();
    await expect(page.getByRole("heading", { name: "Overview", level: 1 })).toBeVisible();
    await context.close();
  } finally {
    await setSignInRules({ adminsNeedSecondFactor: false });
  }
});
