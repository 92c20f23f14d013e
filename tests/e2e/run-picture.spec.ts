import { expectAccessible } from "./support/accessible.ts";
import {
  finishedRun,
  givenCourse,
  givenRegistration,
  givenScores,
  learnersOf,
  startRun,
} from "./support/api.ts";
import { platform } from "./support/platform.ts";
import { expect, figure, test } from "./support/test.ts";

test.describe.configure({ timeout: 180_000 });

test("a run is drawn while it goes on: phases with timers, waits, tokens, batches and rate", async ({
  page,
}) => {
  const registration = await givenRegistration("Pictured College");
  const options = { title: "Drawing", members: 70, lineItems: [{ label: "Sketch" }] };
  const { course, lineItems } = await givenCourse(registration.id, options);
  await givenScores(lineItems[0]!.id, (await learnersOf(course.contextId)).slice(0, 60));
  const { clientId } = registration;
  await platform.misbehave({ kind: "delay", ms: 700, route: "scores", clientId });
  const limit = { kind: "rate_limited", route: "scores", retryAfterSec: 3 } as const;
  await platform.misbehave({ ...limit, clientId, from: 8, times: 1 });
  const { id } = await startRun({ kind: "grade_sync", courseId: course.id });

  await page.goto(`/runs/${id}`);
  const phases = page.getByRole("list", { name: "Phases" });
  await expect(phases.getByText(/Send scores/)).toContainText("under way");
  await expect(figure(page, "Sent")).not.toHaveText("0");
  const table = page.getByRole("table", { name: "What happened when" });
  await expect(
    table.getByRole("row", { name: /Batches: Batch 1: \d+ of 50 scores sent/ }),
  ).toBeVisible();
  await expect(table.getByRole("row", { name: /Waits: .*slow down/ })).toBeVisible();
  await expectAccessible(page);
  await page.setViewportSize({ width: 1280, height: 900 });

  const bars = page.getByRole("listbox", { name: "What happened when" });
  await bars.getByRole("option").first().focus();
  await page.keyboard.press("ArrowRight");
  await expect(bars.getByRole("option", { selected: true })).toBeFocused();
  await expect(bars.getByRole("option", { selected: true })).toHaveAccessibleName(/Access token/);
  await page.keyboard.press("End");
  await expect(bars.getByRole("option", { selected: true })).toHaveAccessibleName(/Batch/);

  await finishedRun(id);
  await expect(phases.getByText(/Send scores/)).toContainText("done");
  await expect(page.getByRole("img", { name: /^Rate: up to .*standstill/ })).toBeVisible();
  await expect(table.getByRole("row", { name: /Tokens: Token requested/ })).toBeVisible();
  await page.screenshot({ path: "test-results/run-picture.png", fullPage: true });
  await page.getByRole("link", { name: "Raw", exact: true }).click();
  await expect(page.getByRole("button", { name: /curl/ })).toBeVisible();
  await expect(page.getByText('"phases"')).toBeVisible();
});
