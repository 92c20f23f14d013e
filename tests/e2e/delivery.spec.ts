import { expectAccessible } from "./support/accessible.ts";
import { expect, test } from "./support/test.ts";

test.describe.configure({ timeout: 240_000 });

test("an endpoint is added, its secret is shown once, and it is disabled and enabled", async ({
  page,
}) => {
  await page.goto("/settings/webhooks");
  await page.getByLabel("Name of a new endpoint").fill("Grade book of the tests");
  await page.getByLabel("Address", { exact: true }).fill("http://127.0.0.1:9/hook");
  await page.getByRole("button", { name: "Add the endpoint" }).click();
  await expect(page.getByText(/whsec_/)).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("link", { name: "Grade book of the tests" }).click();
  await expect(page.getByRole("heading", { name: "Grade book of the tests" })).toBeVisible();
  await expect(page.getByText(/whsec_/)).toHaveCount(0);
  await page.getByRole("button", { name: "Send a test" }).click();
  await expect(page.getByText("Not accepted").first()).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Disable", exact: true }).click();
  await page.getByRole("button", { name: "Enable again" }).click();
  await expect(page.getByRole("button", { name: "Disable" })).toBeVisible();
  await page.getByRole("button", { name: "Delete", exact: true }).click();
  await page.getByRole("textbox").last().fill("Grade book of the tests");
  await page.getByRole("button", { name: "Delete the endpoint" }).click();
  await expect(page.getByRole("link", { name: "Grade book of the tests" })).toHaveCount(0);
});

test("a rule of alerts is added, and its test says what came of it", async ({ page }) => {
  await page.goto("/settings/alerts");
  await page.getByLabel("Host").fill("127.0.0.1");
  await page.getByRole("textbox", { name: "Port" }).fill("9");
  await page.getByLabel("Security").selectOption("none");
  await page.getByLabel("Sender").fill("rollbook@example.edu");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByText("Mail is handed to 127.0.0.1.")).toBeVisible();
  await page.getByLabel("Name", { exact: true }).fill("Operators");
  await page.getByLabel("E-mail addresses").fill("lti@example.edu");
  await page.getByRole("button", { name: "Add the rule" }).click();
  await page.getByRole("button", { name: "Send a test to Operators" }).click();
  await expect(page.getByText("Test of the rule Operators")).toBeVisible();
  // Mails go out at the next look round, 15 s at most.
  await expect(page.getByText(/ECONNREFUSED/).first()).toBeVisible({ timeout: 90_000 });
  await expectAccessible(page);
  await page.getByRole("button", { name: "Delete Operators" }).click();
  await page.getByRole("button", { name: "Delete the rule" }).click();
  await expect(page.getByText("Test of the rule Operators")).toHaveCount(0);
});
