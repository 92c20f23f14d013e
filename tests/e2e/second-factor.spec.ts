import { codeAt, stepAt } from "#lib/auth/second-factor/totp.ts";
import type { Page } from "@playwright/test";
import { givenOperator } from "./support/api.ts";
import { expectAccessible } from "./support/accessible.ts";
import { expect, test } from "./support/test.ts";

const NOBODY = { storageState: { cookies: [], origins: [] } };
const PASSWORD = "a password of the tests";

async function enter(page: Page, email: string) {
  await page.goto("/login?returnTo=%2Fsettings%2Faccount");
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in" }).click();
}

test("an app is set up, asked for after the password, and a recovery code does once instead", async ({
  browser,
}) => {
  const email = await givenOperator("viewer", PASSWORD);
  const context = await browser.newContext(NOBODY);
  const page = await context.newPage();
  await enter(page, email);
  const card = page.getByRole("region", { name: "Authenticator app" });
  await card.getByRole("button", { name: "Set up an app" }).click();
  await expect(card.getByRole("link", { name: "open it in one on this device" })).toBeVisible();
  await expectAccessible(page);
  const key = ((await card.locator("code").first().textContent()) ?? "").replaceAll(" ", "");
  await card.getByLabel("Your password").fill("not the password");
  await card.getByRole("textbox", { name: "Code" }).fill("000000");
  await card.getByRole("button", { name: "Confirm" }).click();
  await expect(card.getByText("the present password is not right").first()).toBeVisible();
  await card.getByLabel("Your password").fill(PASSWORD);
  await card.getByRole("textbox", { name: "Code" }).fill("000000");
  await card.getByRole("button", { name: "Confirm" }).click();
  await expect(card.getByText("this code is not right").first()).toBeVisible();
  const first = codeAt(key, stepAt(new Date()));
  await card.getByLabel("Your password").fill(PASSWORD);
  await card.getByRole("textbox", { name: "Code" }).fill(first);
  await card.getByRole("button", { name: "Confirm" }).click();
  const codes = await card.getByRole("status").locator("pre").textContent();
  expect(codes?.split("\n")).toHaveLength(10);
  await expect(card.getByText("10 codes left")).toBeVisible();
  await expectAccessible(page);
  await page.reload();
  await expect(card.getByText("shown this once")).toHaveCount(0);
  const off = card.getByRole("region", { name: "Switch the app off" });
  await off.getByLabel("Your password").fill(PASSWORD);
  await off.getByLabel("Code").fill("000000");
  await off.getByRole("button", { name: "Switch it off" }).click();
  await expect(off.getByText("this code is not right").first()).toBeVisible();
  await expectAccessible(page);
  await context.close();

  // With JavaScript, as far as the code: what is asked there.
  const asked = await browser.newContext(NOBODY);
  const code = await asked.newPage();
  await enter(code, email);
  await expect(code.getByRole("heading", { name: "Second step" })).toBeVisible();
  await expectAccessible(code);
  await asked.close();

  const elsewhere = await browser.newContext({ ...NOBODY, javaScriptEnabled: false });
  const other = await elsewhere.newPage();
  await enter(other, email);
  await expect(other.getByRole("heading", { name: "Second step" })).toBeVisible();
  // The code that set it up is used.
  await other.getByLabel("Code").fill(first);
  await other.getByRole("button", { name: "Go on" }).click();
  await expect(other.getByText("this code is not right").first()).toBeVisible();
  await other.getByLabel("Code").fill(codes?.split("\n")[0] ?? "");
  await other.getByRole("button", { name: "Go on" }).click();
  await expect(other.getByText("9 codes left")).toBeVisible();
  const switching = other.getByRole("region", { name: "Switch the app off" });
  await switching.getByLabel("Your password").fill(PASSWORD);
  await switching.getByLabel("Code").fill(codes?.split("\n")[1] ?? "");
  await switching.getByRole("button", { name: "Switch it off" }).click();
  await expect(other.getByRole("button", { name: "Set up an app" })).toBeVisible();
  await elsewhere.close();
});
