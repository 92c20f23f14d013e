import { expectAccessible } from "./support/accessible.ts";
import { platform } from "./support/platform.ts";
import { SITE } from "./support/site.ts";
import { expect, test } from "./support/test.ts";

test.describe.configure({ mode: "serial", timeout: 240_000 });

const NAME = "North College";

test("an LMS registers Rollbook by itself, and an operator approves it", async ({ page }) => {
  await page.goto("/registrations/pending");
  await page.getByLabel("Name of the LMS").fill(NAME);
  await page.getByRole("button", { name: "Make a registration link" }).click();
  const shown = page.getByText(`${SITE.url}/lti/register/`).first();
  const link = (await shown.innerText()).trim();
  await expectAccessible(page);

  const before = await platform.registrations();
  await page.goto(SITE.platformUrl);
  await page.getByLabel("Registration URL").fill(link);
  await page.getByRole("button", { name: "Register" }).click();
  const frame = page.frameLocator("#tool");
  await expect(frame.getByText("read the roster")).toBeVisible();
  await frame.getByRole("button", { name: "Register" }).click();
  // The window is closed by the message to the platform's origin, which loads its page anew.
  await expect(page.locator("#tool")).toBeHidden();
  const tools = await platform.registrations();
  expect(tools).toHaveLength(before.length + 1);
  expect(tools.at(-1)).toMatchObject({ name: "Rollbook", loginUrl: `${SITE.url}/lti/login` });

  await page.goto("/registrations/pending");
  await expect(page.getByText("send scores").first()).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: `Approve ${NAME}` }).click();
  await expect(page.getByText("Nothing waits for approval")).toBeVisible();
  await page.goto("/registrations");
  await expect(page.getByRole("link", { name: NAME })).toBeVisible();
});

test("a link that was used opens nothing more", async ({ page }) => {
  await page.goto("/registrations/pending");
  await expect(page.getByText("Used", { exact: true }).first()).toBeVisible();
  const configuration = `${SITE.platformUrl}/.well-known/openid-configuration`;
  const query = new URLSearchParams({ openid_configuration: configuration });
  const reply = await page.goto(`/lti/register/made-up?${query}`);
  expect(reply?.status()).toBe(404);
  await expectAccessible(page);
});

test("the keys that platforms know us by are listed, with who has read them", async ({ page }) => {
  await page.goto("/settings/keys");
  await expect(page.getByText("Signs now", { exact: true })).toBeVisible();
  await page.getByRole("button", { name: "Prepare the next key" }).click();
  await expect(page.getByText("Next", { exact: true })).toBeVisible();
  await expectAccessible(page);
});
