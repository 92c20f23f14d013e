import { SITE } from "./support/site.ts";
import { expect, test } from "./support/test.ts";

test("a session is seen and ended from another browser, without JavaScript too", async ({
  browser,
  page,
}) => {
  const elsewhere = await browser.newContext({
    javaScriptEnabled: false,
    storageState: { cookies: [], origins: [] },
    userAgent: "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
  });
  const other = await elsewhere.newPage();
  await other.goto(`${SITE.url}/settings/sessions`);
  await other.getByLabel("E-mail").fill(SITE.operator.email);
  await other.getByLabel("Password").fill(SITE.operator.password);
  await other.getByRole("button", { name: "Sign in" }).click();
  const own = other.getByRole("region", { name: "Your sessions", exact: true });
  await expect(own.getByRole("row").filter({ hasText: "This one" })).toContainText(
    "Firefox on Linux",
  );

  await page.goto("/settings/sessions");
  const mine = page.getByRole("region", { name: "Your sessions", exact: true });
  const row = mine.getByRole("row").filter({ hasText: "Firefox on Linux" });
  await row.getByRole("button", { name: /^End the session of/ }).click();
  await expect(row).toHaveCount(0);

  await other.goto(`${SITE.url}/settings/sessions`);
  await expect(other).toHaveURL(/\/login/);
  await elsewhere.close();
});

test("an admin sets how long sessions last", async ({ page }) => {
  await page.goto("/settings/sessions");
  const limits = page.getByRole("region", { name: "How long a session lasts" });
  await limits.getByLabel("Hours without use").fill("200");
  await limits.getByRole("button", { name: "Save limits" }).click();
  await expect(limits.getByRole("link", { name: "must be at most 168 hours" })).toBeVisible();
  await limits.getByLabel("Hours without use").fill("8");
  await limits.getByRole("button", { name: "Save limits" }).click();
  await expect(limits.getByRole("status")).toContainText("The limits are saved");
});
