import type { Page } from "@playwright/test";
import { finishedRun, givenCourse, givenRegistration, readRun, startRun } from "./support/api.ts";
import { platform } from "./support/platform.ts";
import { expect, test } from "./support/test.ts";

test("a page follows what others start, told by the server and without a reload", async ({
  page,
}) => {
  const { id: registrationId } = await givenRegistration("Live College");
  const { course } = await givenCourse(registrationId, { title: "Astronomy", members: 40 });
  // Polling would show it too, only later: a list is asked anew every few seconds.
  const stream = page.waitForResponse((response) => response.url().includes("/api/events"));
  await page.goto(`/courses/${course.id}`);
  expect((await stream).headers()["content-type"]).toContain("text/event-stream");
  await page.evaluate(() => Object.assign(window, { isSamePage: true }));

  await platform.setLatency({ latencyMs: { memberships: 1_500 } });
  const { id: runId } = await startRun({ kind: "roster_sync", courseId: course.id });
  await expect(page.getByRole("link", { name: "a sync is under way" })).toBeVisible({
    timeout: 1_500,
  });
  await expect(page.getByRole("link", { name: "a sync is under way" })).toBeHidden();
  await platform.setLatency({ latencyMs: 0 });

  await expect(page.getByText("40", { exact: true }).first()).toBeVisible();
  expect(await page.evaluate(() => "isSamePage" in window)).toBe(true);
  expect((await readRun(runId)).state).toBe("succeeded");
});

test("what arrived with the page is read again after a gap, and not before", async ({ page }) => {
  const { id: registrationId } = await givenRegistration("Painted College");
  const { course } = await givenCourse(registrationId, { title: "Drawing", members: 5 });
  const read: string[] = [];
  page.on("request", (request) => {
    const { pathname, searchParams } = new URL(request.url());
    const addresses = pathname === "/api/reads" ? searchParams.getAll("of") : [pathname];
    read.push(...addresses.filter((address) => address.startsWith("/api/v1/courses/")));
  });
  // The stream begins two seconds before the page was made, with what changed since.
  await page.waitForTimeout(2_000);
  await page.goto(`/courses/${course.id}`);
  const live = page.getByRole("switch", { name: "Live updates" }).first();
  await expect(live).toHaveText("Live");
  await page.waitForTimeout(1_000);
  expect(read).toEqual([]);

  await live.click();
  await live.click();
  await expect.poll(() => new Set(read)).toContain(`/api/v1/courses/${course.id}`);
});

test("with the Live switch off nothing moves by itself", async ({ page }) => {
  const { id: registrationId } = await givenRegistration("Still College");
  const { course } = await givenCourse(registrationId, { title: "Meditation", members: 5 });
  await page.goto(`/courses/${course.id}`);
  await page.getByRole("switch", { name: "Live updates" }).first().click();

  await startRun({ kind: "roster_sync", courseId: course.id });
  await page.waitForTimeout(3_000);
  await expect(page.getByText("never").first()).toBeVisible();
});

test("a page that watches a run asks once a second at most, and not at all while hidden", async ({
  page,
}) => {
  const { id: registrationId } = await givenRegistration("Watched College");
  for (let index = 1; index <= 12; index++)
    await givenCourse(registrationId, { title: `Watched ${index}`, members: 20 });
  await platform.setLatency({ latencyMs: { memberships: 1_500 } });
  const { id } = await startRun({ kind: "roster_sync", registrationId });
  await page.goto(`/runs/${id}`);
  await expect(page.getByRole("switch", { name: "Live updates" }).first()).toHaveText("Live");
  await page.evaluate(() => performance.clearResourceTimings());

  const main = page.locator("main");
  await expect(main.getByText("Running", { exact: true }).first()).toBeVisible();
  await expect(main.getByText("Done", { exact: true }).first()).toBeVisible();
  const startedAt = await readTimes(page);
  expect(startedAt.length).toBeGreaterThan(2);
  const took = (startedAt.at(-1) ?? 0) - (startedAt[0] ?? 0);
  // The first is at its beginning.
  expect(startedAt.length - 1).toBeLessThanOrEqual(Math.ceil(took / 1_000));

  await page.evaluate(() => {
    Object.defineProperty(document, "visibilityState", { value: "hidden", configurable: true });
    document.dispatchEvent(new Event("visibilitychange"));
    performance.clearResourceTimings();
  });
  const { id: unseenId } = await startRun({ kind: "roster_sync", registrationId });
  await finishedRun(unseenId);
  await platform.setLatency({ latencyMs: 0 });
  expect(await readTimes(page)).toEqual([]);
});

/** When the page asked for anything but the stream of changes, in milliseconds of its own clock. */
function readTimes(page: Page): Promise<number[]> {
  return page.evaluate(() =>
    performance
      .getEntriesByType("resource")
      .filter(({ name }) => /\/api\/(v1|reads)/.test(name))
      .map(({ startTime }) => startTime),
  );
}
