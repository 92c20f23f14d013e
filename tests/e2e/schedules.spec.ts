import { expectAccessible } from "./support/accessible.ts";
import { givenCourse, givenRegistration, givenSchedule } from "./support/api.ts";
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

test.describe("the week", () => {
  test.beforeAll(() =>
    givenSchedule({
      ...{ registrationId, kind: "roster_sync", cron: "0 2 * * *", timeZone: "Europe/Berlin" },
      blackouts: [{ days: [1, 2, 3, 4, 5], from: "08:00", to: "18:00" }],
    }),
  );

  test.describe("in Kolkata", () => {
    test.use({ timezoneId: "Asia/Kolkata" });

    test("is by the reader's clock, has blackouts and times to come, and is moved by links", async ({
      page,
    }) => {
      await page.goto("/schedules");
      // Browsers say the zone's former name.
      await expect(page).toHaveURL(/zone=Asia%2F(Kolkata|Calcutta)/);
      await page.getByRole("link", { name: "Week after" }).click();
      await expect(page).toHaveURL(/day=\d{4}-\d{2}-\d{2}/);
      await expect(page.getByRole("link", { name: "This week" })).toBeVisible();
      const week = page.getByRole("table", { name: "The week by days and hours" });
      await expect(week.getByRole("columnheader")).toHaveCount(8);
      // 02:00 in Berlin, in summer or winter.
      const planned = week.getByRole("link", { name: /0[56]:30 .*Scheduled College ?, Planned/ });
      await expect(planned).toHaveCount(7);
      await expect(week.getByText(/Blackout Mon–Fri 08:00–18:00/).first()).toBeAttached();
      await expectAccessible(page);
      await page.setViewportSize({ width: 390, height: 900 });
      await expect(week).toBeHidden();
      await expect(page.getByRole("heading", { level: 3 })).toHaveCount(7);
      await page
        .getByRole("link", { name: /Scheduled College/ })
        .first()
        .click();
      await expect(page.getByRole("heading", { name: "Edit schedule" })).toBeVisible();
    });
  });

  test.describe("without JavaScript", () => {
    test.use({ javaScriptEnabled: false });

    test("is moved by links, and its zone is chosen", async ({ page }) => {
      await page.goto("/schedules");
      await page.getByRole("link", { name: "Week after" }).click();
      await page.getByLabel("Times in").selectOption("Europe/Berlin");
      await page.getByRole("button", { name: "Show" }).click();
      await expect(page).toHaveURL(/day=.*zone=Europe%2FBerlin/);
      const week = page.getByRole("table", { name: "The week by days and hours" });
      await expect(
        week.getByRole("link", { name: /02:00 .*Scheduled College ?, Planned/ }),
      ).toHaveCount(7);
    });
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
