import { expectAccessible } from "./support/accessible.ts";
import { givenRegistration } from "./support/api.ts";
import { platform } from "./support/platform.ts";
import { SITE } from "./support/site.ts";
import { expect, test } from "./support/test.ts";

test.describe.configure({ mode: "serial", timeout: 240_000 });

/** The same server under its other name, which is another origin. */
const elsewhere = (address: string) => {
  const url = new URL(address);
  url.hostname = url.hostname === "localhost" ? "127.0.0.1" : "localhost";
  return url.href;
};
const OTHER = new URL(elsewhere(SITE.platformUrl)).origin;
const membershipsAsked = async () =>
  (await platform.requests({ route: "memberships" })).filter(({ host }) => OTHER.endsWith(host));

test("an address that was typed in is called once an admin approved it, with one click", async ({
  page,
}) => {
  const { id } = await givenRegistration("Origins College");
  const made = await platform.addCourse({ members: 4, contextId: crypto.randomUUID() });
  await page.goto(`/courses/new?registrationId=${id}`);
  await page.getByLabel("Deployment ID").fill("1");
  await page.getByLabel("Context ID").fill(made.contextId);
  await page.getByLabel("Title").fill("Typed in");
  await page.getByLabel("Memberships URL").fill(elsewhere(made.membershipsUrl));
  await page.getByRole("button", { name: "Add course" }).click();
  await expect(page.getByText(`${OTHER} waits for approval`, { exact: true })).toBeVisible();
  await expectAccessible(page);
  const course = page.url();

  await page.getByRole("button", { name: "Sync roster", exact: true }).click();
  await expect(page.getByText("A service address is not approved").first()).toBeVisible();
  await expect(page.getByText(/An admin approves it|an admin approves it/).first()).toBeVisible();
  expect(await membershipsAsked()).toEqual([]);

  await page.goto("/");
  await expect(page.getByText(`${OTHER} until an admin approves it`)).toBeVisible();

  await page.goto(`/registrations/${id}`);
  const origins = page.getByRole("table", { name: "Service origins" });
  await expect(origins.getByText("Waiting")).toBeVisible();
  await expectAccessible(page);
  await origins.getByRole("button", { name: `Approve ${OTHER}` }).click();
  await expect(origins.getByText(/Approved by/)).toBeVisible();

  await page.goto(course);
  await expect(page.getByRole("heading", { name: "Typed in", level: 1 })).toBeVisible();
  await expect(page.getByText(`${OTHER} waits for approval`, { exact: true })).toBeHidden();
  await page.getByRole("button", { name: "Sync roster", exact: true }).click();
  await expect(page.getByText(/4 members read in/).first()).toBeVisible();
  expect((await membershipsAsked()).length).toBeGreaterThan(0);

  await page.goto(`/registrations/${id}`);
  await page.getByRole("button", { name: `Remove ${OTHER}` }).click();
  await expect(page.getByRole("dialog")).toContainText("no longer synced");
  await page.getByRole("button", { name: "Remove origin" }).click();
  await expect(origins.getByText(OTHER, { exact: true })).toBeHidden();
});

test("a token endpoint that moves is confirmed in a dialog", async ({ page }) => {
  const { id, tokenEndpoint } = await givenRegistration("Moving College");
  await page.goto(`/courses/new?registrationId=${id}`);
  await page.getByLabel("Deployment ID").fill("1");
  await page.getByLabel("Context ID").fill(crypto.randomUUID());
  await page.getByLabel("Title").fill("Of the moving college");
  await page.getByRole("button", { name: "Add course" }).click();
  await expect(page.getByRole("heading", { name: "Of the moving college" })).toBeVisible();

  await page.goto(`/registrations/${id}/settings`);
  await page.locator("input[name=tokenEndpoint]").fill(elsewhere(tokenEndpoint));
  await page.getByRole("button", { name: "Save changes" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText(`Was ${tokenEndpoint}`, { ignoreCase: true });
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Go back" }).click();
  await expect(dialog).toBeHidden();
  await page.getByRole("button", { name: "Save changes" }).click();
  await dialog.getByRole("button", { name: "Confirm and save" }).click();
  await page.waitForURL(`**/registrations/${id}`);
  await expect(page.getByText(elsewhere(tokenEndpoint)).first()).toBeVisible();
});
