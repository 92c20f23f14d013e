import { expectAccessible } from "./support/accessible.ts";
import { SITE } from "./support/site.ts";
import { expect, test } from "./support/test.ts";

const PASSWORD = "a password that was chosen";

test("an admin invites somebody, who chooses a password and signs in without JavaScript", async ({
  browser,
  page,
}) => {
  await page.goto("/settings");
  const operators = page.getByRole("region", { name: "Operators" });
  await operators.getByLabel("Name of a new operator").fill("Grace Hopper");
  await operators.getByLabel("E-mail").fill("grace@example.edu");
  await operators.getByRole("button", { name: "Invite" }).click();
  const made = operators.getByRole("status").filter({ hasText: "shown this once" });
  await expect(made).toContainText("grace@example.edu");
  await expectAccessible(page);
  const link = (await made.locator("pre").textContent()) ?? "";
  await page.reload();
  await expect(page.getByText(link)).toHaveCount(0);

  const elsewhere = await browser.newContext({
    javaScriptEnabled: false,
    storageState: { cookies: [], origins: [] },
  });
  const other = await elsewhere.newPage();
  await other.goto(link);
  await other.getByLabel("New password").fill("password1234");
  await other.getByRole("button", { name: "Set password and sign in" }).click();
  await expect(other.getByText("others would guess this password").first()).toBeVisible();
  await other.getByLabel("New password").fill(PASSWORD);
  await other.getByRole("button", { name: "Set password and sign in" }).click();
  await expect(other.getByRole("heading", { name: "Overview", level: 1 })).toBeVisible();
  await other.goto(link);
  await expect(other.getByRole("heading", { name: "This link is no longer valid" })).toBeVisible();
  await elsewhere.close();

  // The next link ends what the person had.
  await page.reload();
  await operators.getByRole("button", { name: "Make a password link for Grace Hopper" }).click();
  await expect(operators.getByRole("status").locator("pre")).toContainText(`${SITE.url}/password/`);
});

test("the page of a link: nothing that axe finds", async ({ browser, page }) => {
  await page.goto("/settings");
  const operators = page.getByRole("region", { name: "Operators" });
  const row = operators.getByRole("row").filter({ hasText: "grace@example.edu" });
  await row.getByRole("button", { name: /^Make a password link/ }).click();
  const link = (await row.locator("pre").textContent()) ?? "";
  const context = await browser.newContext({ storageState: { cookies: [], origins: [] } });
  const other = await context.newPage();
  await other.goto(link);
  await expect(other.getByRole("heading", { name: "Choose a password" })).toBeVisible();
  await expectAccessible(other);
  await context.close();
});
