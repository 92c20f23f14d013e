import { expectAccessible } from "./support/accessible.ts";
import { givenCourse, givenRegistration } from "./support/api.ts";
import { expect, test } from "./support/test.ts";

let registrationId: string;
test.beforeAll(async () => {
  ({ id: registrationId } = await givenRegistration("Scheduled College"));
  await givenCourse(registrationId, { title: "Timetables", members: 2 });
});

test.describe("in New York", () => {
  test.use({ timezoneId: "America/New_York" });

  test("a schedule is added from its page, shows its times, and one that never runs is refused", async ({
    page,
  }) => {
    await page.goto("/schedules");
    await page.getByRole("link", { name: "Add a schedule" }).click();
    await expectAccessible(page);
    await page.setViewportSize({ width: 1280, height: 900 });
    await page
      .getByRole("combobox", { name: "Registration" })
      .selectOption({ label: "Scheduled College" });
    await page.getByRole("button", { name: "Continue" }).click();

    await expect(page.getByLabel("Time zone")).toHaveValue("America/New_York");
    const times = page.getByRole("region", { name: "Next times" }).getByRole("listitem");
    await expect(times).toHaveCount(10);
    await expect(times.first()).toContainText(/02:00 (EST|EDT|GMT)/);

    await page.getByRole("button", { name: "Add a blackout" }).click();
    await page.getByRole("textbox", { name: "blackout 1" }).fill("every day 00:00-06:00");
    await expect(page.getByText(/would never start anything/)).toBeVisible();
    await page.getByRole("button", { name: "Add schedule" }).click();
    await expect(page.getByText(/would never start anything/).first()).toBeVisible();
    await expect(page).toHaveURL(/schedules\/new/);

    await page.getByRole("textbox", { name: "blackout 1" }).fill("2020-12-19 to 2098-01-06");
    await expect(page.getByText(/would never start anything/).first()).toBeVisible();
    await page.getByRole("textbox", { name: "blackout 1" }).fill("Sat, Sun 00:00-06:00");
    await expect(times.filter({ hasText: "in a blackout" }).first()).toBeVisible();
    await expectAccessible(page);
    await page.setViewportSize({ width: 1280, height: 900 });
    await page.screenshot({ path: "test-results/schedule-form.png", fullPage: true });
    await page.getByRole("button", { name: "Add schedule" }).click();
    await expect(page).toHaveURL(new RegExp(`registrations/${registrationId}/schedules`));
    await expect(page.getByText("America/New_York").first()).toBeVisible();
  });
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("a schedule is added, with a blackout of dates", async ({ page }) => {
    await page.goto("/schedules/new?q=Timetables");
    await page.getByRole("link", { name: "Timetables" }).first().click();
    await expect(
      page.getByRole("region", { name: "Next times" }).getByRole("listitem"),
    ).toHaveCount(10);
    await page.getByRole("button", { name: "Add a blackout" }).click();
    await page.getByRole("textbox", { name: "blackout 1" }).fill("2026-12-19 to 2027-01-06");
    await page.getByRole("button", { name: "Add schedule" }).click();
    await expect(page).toHaveURL(/courses\/.*\/settings/);
    await page.getByText("Next times, limits, delete").first().click();
    await expect(page.getByText("2026-12-19 to 2027-01-06").first()).toBeVisible();
  });
});
