import type { Page } from "@playwright/test";
import { expectAccessible } from "./support/accessible.ts";
import {
  finishedRun,
  givenCourse,
  givenRegistration,
  learnersOf,
  startRun,
} from "./support/api.ts";
import { platform } from "./support/platform.ts";
import { SIGNED_IN, SITE } from "./support/site.ts";
import { expect, test } from "./support/test.ts";

/** The run of a preview that would remove two of seven people. */
async function givenPreview(title: string): Promise<string> {
  const { id: registrationId } = await givenRegistration(`College of ${title}`);
  const { course } = await givenCourse(registrationId, { title, members: 7 });
  const sync = { kind: "roster_sync", courseId: course.id };
  await finishedRun((await startRun(sync)).id);
  const gone = (await learnersOf(course.contextId)).slice(0, 2);
  await platform.changeRoster({ contextId: course.contextId, remove: gone });
  return (await finishedRun((await startRun({ ...sync, isPreview: true })).id)).id;
}

test("what removes people asks first, with how many, who, and who stays", async ({ page }) => {
  const previewId = await givenPreview("Removals");
  await page.goto(`/runs/${previewId}`);
  const opener = page.getByRole("button", { name: "Apply all…" });
  await expect(opener).not.toHaveCSS("background-color", await accent(page));
  const dialog = page.getByRole("dialog", { name: /Apply 2 changes/ });
  await expect(async () => {
    await opener.click();
    await expect(dialog).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await expect(dialog).toContainText("will be removed");
  await expect(dialog).toContainText("5 stay as they are");
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await expect(opener).toBeFocused();
  await opener.press("Enter");
  await dialog.getByRole("button", { name: "Apply, and remove 2 people" }).click();
  await expect(page).not.toHaveURL(new RegExp(previewId));
  await finishedRun(new URL(page.url()).pathname.split("/").at(-1) ?? "");
  await page.goto(`/runs/${previewId}`);
  await expect(page.getByText(/Applied by/)).toBeVisible();
});

test("without JavaScript it asks too", async ({ browser }) => {
  const runId = await givenPreview("Plain removals");
  const context = await browser.newContext({ javaScriptEnabled: false, storageState: SIGNED_IN });
  const page = await context.newPage();
  await page.goto(`/runs/${runId}`);
  await page.getByRole("button", { name: "Apply without removals…" }).click();
  const dialog = page.getByRole("dialog", { name: /remove nobody/ });
  await expect(dialog).toContainText("2 people");
  await dialog.getByRole("button", { name: "Keep as it is" }).click();
  await expect(dialog).toBeHidden();
  await context.close();
});

test("what cannot be done yet says why on focus and on hover, and does nothing", async ({
  page,
}) => {
  await page.goto("/settings/keys");
  await page.getByRole("button", { name: "Prepare the next key" }).click();
  const sign = page.getByRole("button", { name: "Sign with it" }).first();
  await expect(sign).toHaveAttribute("aria-disabled", "true");
  await sign.focus();
  await expect(page.getByRole("tooltip").filter({ hasText: "Not before" })).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await sign.blur();
  await sign.hover();
  await expect(page.getByRole("tooltip").filter({ hasText: "Not before" })).toBeVisible();
  await expectAccessible(page);

  await page.getByRole("button", { name: "Retire", exact: true }).click();
  await page.getByRole("button", { name: "Retire the key" }).click();
  await expect(sign).toHaveCount(0);
});

test("an error after an act moves nothing on the page", async ({ browser, page }) => {
  const elsewhere = await browser.newContext({
    storageState: { cookies: [], origins: [] },
    userAgent: "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
  });
  const other = await elsewhere.newPage();
  await other.goto(`${SITE.url}/login`);
  await other.getByLabel("E-mail").fill(SITE.operator.email);
  await other.getByLabel("Password").fill(SITE.operator.password);
  await other.getByRole("button", { name: "Sign in" }).click();
  await expect(other.getByRole("button", { name: "Sign out" })).toBeVisible();

  // Nothing tells the page that the other session has ended meanwhile.
  await page.route("**/api/**", (route) => route.abort());
  await page.goto("/settings/sessions");
  const mine = page.getByRole("region", { name: "Your sessions", exact: true });
  const end = mine.getByRole("button", { name: /^End the session of .* Firefox/ });
  await expect(end).toBeVisible();
  await other.getByRole("button", { name: "Sign out" }).click();
  await expect(other).toHaveURL(/login/);
  await elsewhere.close();

  const before = await placesOf(page);
  await end.click();
  const error = page.getByRole("alert").filter({ hasText: "there is no such session" });
  await expect(error).toBeVisible();
  expect(await placesOf(page)).toEqual(before);
  await page.screenshot({ path: "test-results/act-error.png" });
  await page.keyboard.press("Escape");
  await expect(error).toBeHidden();
});

/** How far down everything is that can be pressed or read; a time that ticks moves the columns beside it. */
function placesOf(page: Page) {
  return page.locator("main :is(button, a, h1, h2, th, td)").evaluateAll((all) =>
    all.map((each) => {
      const { y, height } = each.getBoundingClientRect();
      return [y, height].map(Math.round);
    }),
  );
}

function accent(page: Page): Promise<string> {
  return page.evaluate(() => {
    const probe = document.createElement("i");
    probe.style.backgroundColor = "var(--accent)";
    document.body.append(probe);
    const color = getComputedStyle(probe).backgroundColor;
    probe.remove();
    return color;
  });
}
