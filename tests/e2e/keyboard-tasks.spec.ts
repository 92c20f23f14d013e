import type { Locator, Page } from "@playwright/test";
import {
  finishedRun,
  givenCourse,
  givenOperator,
  givenRegistration,
  givenScores,
  learnersOf,
  readRun,
  startRun,
} from "./support/api.ts";
import { platform } from "./support/platform.ts";
import { expect, test } from "./support/test.ts";

/*
 * Ten tasks by keyboard alone. After each step something has the focus: the heading of a new page,
 * what opened a dialog, or what stands in the place of what went.
 */

test.describe.configure({ timeout: 120_000 });

let registrationId: string;
test.beforeAll(async () => {
  ({ id: registrationId } = await givenRegistration("College of Keys"));
});

test("a roster sync is started", async ({ page }) => {
  const { course } = await givenCourse(registrationId, { title: "Keyed roster", members: 6 });
  await open(page, `/courses/${course.id}`);
  await press(page, page.getByRole("button", { name: "Sync roster", exact: true }));
  await expect(page).toHaveURL(/\/runs\//);
  await headingHasFocus(page);
});

test("scores are sent through their dialog", async ({ page }) => {
  const { course, lineItems } = await givenCourse(registrationId, {
    title: "Keyed scores",
    members: 9,
    lineItems: [{ label: "Essay" }],
  });
  await givenScores(lineItems[0]!.id, await learnersOf(course.contextId));
  await open(page, `/courses/${course.id}`);
  const opener = page.getByRole("button", { name: "Send 8 scores…" });
  const dialog = page.getByRole("dialog", { name: /^Send 8 scores to/ });
  await press(page, opener, () => expect(dialog).toBeVisible({ timeout: 2_000 }));
  await focusIsWithin(dialog);
  await page.keyboard.press("Escape");
  await expect(opener).toBeFocused();
  await page.keyboard.press("Enter");
  await press(page, dialog.getByRole("button", { name: "Send 8 scores" }));
  await expect(page).toHaveURL(/\/runs\//);
  await headingHasFocus(page);
});

test("a person is found and opened", async ({ page }) => {
  const { course } = await givenCourse(registrationId, { title: "Keyed people", members: 5 });
  await finishedRun((await startRun({ kind: "roster_sync", courseId: course.id })).id);
  const [userId] = await learnersOf(course.contextId);
  await open(page, "/runs");
  const box = page.getByRole("combobox", { name: "Find anything" });
  await focus(page, page.getByRole("searchbox", { name: "Search runs" }));
  await expect(async () => {
    await page.keyboard.press("Control+k");
    await expect(box).toBeFocused({ timeout: 2_000 });
  }).toPass();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("searchbox", { name: "Search runs" })).toBeFocused();
  await page.keyboard.press("Control+k");
  // What is due for the finder follows the sync in a moment.
  await expect(async () => {
    await page.keyboard.press("Control+a");
    await page.keyboard.type(userId!);
    const found = page.getByRole("listbox").getByRole("option").first();
    await expect(found).toHaveAttribute("aria-selected", "true", { timeout: 4_000 });
  }).toPass();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/courses\//);
  await headingHasFocus(page);
});

test("a list is filtered and sorted, a range is chosen, and what matches is exported", async ({
  page,
}) => {
  for (const title of ["Keyed list 1", "Keyed list 2", "Keyed list 3", "Keyed list 4"])
    await givenCourse(registrationId, { title, members: 2 });
  await open(page, `/courses?registrationId=${registrationId}`);
  const search = page.getByRole("searchbox", { name: "Search courses" });
  await expect(async () => {
    await focus(page, search);
    await page.keyboard.press("Control+a");
    await page.keyboard.type("Keyed list");
    await expect(page).toHaveURL(/q=Keyed/, { timeout: 3_000 });
  }).toPass();
  await expect(page.locator("[data-row]")).toHaveCount(4);
  await expect(search).toBeFocused();

  const title = page.getByRole("columnheader").getByRole("link").first();
  await press(page, title, () => expect(page).toHaveURL(/sort=/, { timeout: 2_000 }));
  await expect(title).toBeFocused();

  await focus(page, page.getByRole("link", { name: /^Keyed list/ }).first());
  await page.keyboard.press("x");
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  await page.keyboard.press("Shift+X");
  await expect(page.getByRole("group", { name: "Selection" }).getByRole("status")).toHaveText(
    "3 selected",
  );
  await somethingHasFocus(page);
  await page.keyboard.press("e");
  await expect(page.getByRole("link", { name: "CSV" })).toBeFocused();
  const download = page.waitForEvent("download");
  await page.keyboard.press("Enter");
  expect((await download).suggestedFilename()).toMatch(/\.csv$/);
  await somethingHasFocus(page);
});

test("a hold is resolved", async ({ page }) => {
  const { course } = await givenCourse(registrationId, { title: "Keyed hold", members: 20 });
  const sync = { kind: "roster_sync", courseId: course.id };
  await finishedRun((await startRun(sync)).id);
  const remove = (await learnersOf(course.contextId)).slice(0, 15);
  await platform.changeRoster({ contextId: course.contextId, remove });
  const { id } = await startRun(sync);
  await expect.poll(async () => (await readRun(id)).state).toBe("held");

  await open(page, "/holds");
  await press(page, page.getByRole("link", { name: "Keyed hold" }).first());
  await expect(page).toHaveURL(/\/holds\/./);
  await headingHasFocus(page);
  const opener = page.getByRole("button", { name: "Approve 15 removals…" });
  const dialog = page.getByRole("dialog", { name: /^Remove 15 people/ });
  await press(page, opener, () => expect(dialog).toBeVisible({ timeout: 2_000 }));
  await page.keyboard.press("Escape");
  await expect(opener).toBeFocused();
  await press(page, page.getByRole("button", { name: "Keep everybody" }));
  await expect(opener).toBeHidden();
  await somethingHasFocus(page);
});

test("a failed run is retried", async ({ page }) => {
  const { course, lineItems } = await givenCourse(registrationId, {
    title: "Keyed retry",
    members: 4,
    lineItems: [{ label: "Quiz" }],
  });
  const learners = await learnersOf(course.contextId);
  await platform.misbehave({
    kind: "ungradable_user",
    userId: learners[0],
    contextId: course.contextId,
  });
  await givenScores(lineItems[0]!.id, learners);
  const { id } = await startRun({ kind: "grade_sync", courseId: course.id });
  await finishedRun(id);
  await open(page, `/runs/${id}`);
  await press(page, page.getByRole("button", { name: /^Retry \d scores?$/ }));
  await expect(page).not.toHaveURL(new RegExp(id));
  await expect(page).toHaveURL(/\/runs\//);
  await headingHasFocus(page);
});

test("a registration is paused and goes on", async ({ page }) => {
  const { id } = await givenRegistration("College of Pauses");
  await open(page, `/registrations/${id}`);
  const opener = page.getByRole("button", { name: "Pause…" });
  const dialog = page.getByRole("dialog", { name: "Pause College of Pauses?" });
  await press(page, opener, () => expect(dialog).toBeVisible({ timeout: 2_000 }));
  await focusIsWithin(dialog);
  await press(page, dialog.getByRole("button", { name: "Pause", exact: true }));
  const resume = page.getByRole("button", { name: "Resume" });
  await expect(resume).toBeVisible();
  await somethingHasFocus(page);
  await press(page, resume);
  await expect(opener).toBeVisible();
  await somethingHasFocus(page);
});

test("a schedule is added", async ({ page }) => {
  const { id } = await givenRegistration("College of Hours");
  await open(page, `/registrations/${id}`);
  await press(page, page.getByRole("link", { name: "Schedules" }).last());
  await expect(page).toHaveURL(/\/schedules$/);
  await headingHasFocus(page);
  await press(page, page.getByRole("link", { name: "Add a schedule" }));
  await expect(page).toHaveURL(/\/schedules\/new/);
  await headingHasFocus(page);
  await focus(page, page.getByRole("combobox", { name: "When" }));
  await page.keyboard.press("ArrowDown");
  await press(page, page.getByRole("button", { name: "Add a blackout" }));
  const blackout = page.getByRole("textbox", { name: "blackout 1" });
  await expect(blackout).toBeVisible();
  await somethingHasFocus(page);
  await focus(page, blackout);
  await page.keyboard.type("Sat, Sun 08:00-18:00");
  await press(page, page.getByRole("button", { name: "Add schedule" }));
  await expect(page).toHaveURL(new RegExp(`registrations/${id}/schedules`));
  await headingHasFocus(page);
});

test("a course is edited and saved", async ({ page }) => {
  const { course } = await givenCourse(registrationId, { title: "Keyed course", members: 2 });
  await open(page, `/courses/${course.id}`);
  await press(page, page.getByRole("link", { name: "Settings" }).last());
  await expect(page).toHaveURL(/\/settings$/);
  await headingHasFocus(page);
  await focus(page, page.getByLabel("Title", { exact: true }));
  await page.keyboard.press("Control+a");
  await page.keyboard.type("Rekeyed course");
  await press(page, page.getByRole("button", { name: "Save changes" }));
  await expect(page.getByRole("heading", { name: "Rekeyed course", level: 1 })).toBeFocused();
});

test.describe("who has a session of their own", () => {
  test.use({ storageState: { cookies: [], origins: [] } });

  test("signs in, switches the theme and signs out", async ({ page }) => {
    const email = await givenOperator("viewer", "correct horse battery staple");
    await page.goto("/login");
    await focus(page, page.getByLabel("E-mail"));
    await page.keyboard.type(email);
    await page.keyboard.press("Tab");
    await page.keyboard.type("correct horse battery staple");
    await page.keyboard.press("Enter");
    await expect(page.getByRole("heading", { name: "Overview", level: 1 })).toBeVisible();

    const theme = page.getByRole("button", { name: "Theme" });
    const system = page.getByRole("menuitemradio", { name: "As the system" });
    await press(page, theme, () => expect(system).toBeFocused({ timeout: 2_000 }));
    await page.keyboard.press("End");
    await page.keyboard.press("Enter");
    await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
    await expect(theme).toBeFocused();
    await press(page, page.getByRole("button", { name: "Sign out" }));
    await expect(page).toHaveURL(/\/login/);
    await expect(page.getByLabel("E-mail")).toBeFocused();
  });
});

/** With its scripts: a key that comes before them is the server's. */
async function open(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await expect(page.getByText("Live", { exact: true }).first()).toBeVisible();
}

const MOST_TABS = 150;

/** Reaches a control by Tab, as a keyboard does. */
async function focus(page: Page, control: Locator): Promise<void> {
  await expect(control).toBeVisible();
  for (let steps = 0; steps < MOST_TABS; steps++) {
    if (await control.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`${MOST_TABS} tabs did not reach ${control}`);
}

/** Reaches it and presses Enter; again where what should follow had no script to follow it yet. */
async function press(page: Page, control: Locator, then?: () => Promise<void>): Promise<void> {
  await expect(async () => {
    await focus(page, control);
    await page.keyboard.press("Enter");
    await then?.();
  }).toPass();
}

async function headingHasFocus(page: Page): Promise<void> {
  await expect(page.getByRole("heading", { level: 1 })).toBeFocused();
}

async function focusIsWithin(place: Locator): Promise<void> {
  await expect.poll(() => place.evaluate((it) => it.contains(document.activeElement))).toBe(true);
}

async function somethingHasFocus(page: Page): Promise<void> {
  // What comes a moment later may take its place.
  for (let looks = 0; looks < 3; looks++) {
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.tagName ?? "BODY"))
      .not.toBe("BODY");
    await page.waitForTimeout(300);
  }
}
