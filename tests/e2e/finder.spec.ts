import { givenCourse, givenRegistration } from "./support/api.ts";
import { expectAccessible } from "./support/accessible.ts";
import { expect, test } from "./support/test.ts";

test("the finder leads by keyboard to a course, and starts its sync", async ({ page }) => {
  const { id: registrationId } = await givenRegistration("Finder College");
  const { course } = await givenCourse(registrationId, { title: "Palaeography", members: 12 });

  await page.goto("/audit");
  const asked: string[] = [];
  page.on("request", (request) => asked.push(request.url()));
  await page.keyboard.press("/");
  const box = page.getByRole("combobox", { name: "Find anything" });
  await expect(box).toBeFocused();
  await box.fill("palaeo");
  const found = page.getByRole("option", { name: /^Palaeography/ });
  await expect(found).toHaveAttribute("aria-selected", "true");
  await expectAccessible(page);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(new RegExp(`/courses/${course.id}$`));

  await page.keyboard.press("Control+k");
  await box.fill("Sync roster of palaeo");
  await expect(page.getByRole("option")).toHaveText(/Sync roster of Palaeography/);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/runs\//);
});

test("the finder closes without a trace, and its slash can be switched off", async ({ page }) => {
  await page.goto("/audit");
  const box = page.getByRole("searchbox", { name: "Find anything" });
  await box.click();
  const palette = page.getByRole("dialog", { name: "Find anything" });
  await palette.getByLabel("Open with /").uncheck();
  await page.keyboard.press("Escape");
  await expect(palette).toBeHidden();
  await expect(box).toBeFocused();
  await page.getByRole("heading", { level: 1 }).click();
  await page.keyboard.press("/");
  await expect(palette).toBeHidden();
  await page.keyboard.press("Control+k");
  await palette.getByLabel("Open with /").check();
});
