import { setupCode } from "#lib/auth/secrets/setup-code.ts";
import { expectAccessible } from "./support/accessible.ts";
import { setSignInRules } from "./support/api.ts";
import { SIGNED_IN, SITE } from "./support/site.ts";
import { expect, test } from "./support/test.ts";

const { name, email, password } = SITE.operator;

test("whoever reads the server's log becomes the first operator", async ({ page, context }) => {
  await page.goto("/courses");
  await expect(page).toHaveURL("/setup");
  await expectAccessible(page);
  await page.getByLabel("Set-up code").fill("AAAA-BBBB-CCCC-DDDD");
  await page.getByLabel("Your name").fill(name);
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Create and sign in" }).click();
  await expect(page.getByRole("link", { name: "this is not the set-up code" })).toBeVisible();

  // What was refused is still there to be corrected.
  await expect(page.getByLabel("Your name")).toHaveValue(name);
  await expect(page.getByLabel("E-mail")).toHaveValue(email);
  await page.getByLabel("Set-up code").fill(setupCode(SITE.secret));
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Create and sign in" }).click();

  await expect(page.getByRole("heading", { name: "Overview", level: 1 })).toBeVisible();
  await context.storageState({ path: SIGNED_IN });
  await setSignInRules({ adminsNeedSecondFactor: false });
});

test("once somebody can sign in, the first-run page is closed", async ({ page }) => {
  await page.goto("/setup");
  await expect(page).toHaveURL(/\/login/);
});

test("signing in leads to the page that was asked for, and signing out ends it", async ({
  page,
}) => {
  await page.goto("/runs");
  await expect(page).toHaveURL(/\/login\?returnTo=/);
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password").fill("not the password");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByText("the e-mail or the password is not right").first()).toBeVisible();

  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("heading", { name: "Runs", level: 1 })).toBeVisible();

  await page.getByRole("button", { name: "Sign out" }).first().click();
  await expect(page).toHaveURL(/\/login/);
  await page.goto("/runs");
  await expect(page).toHaveURL(/\/login/);
});
