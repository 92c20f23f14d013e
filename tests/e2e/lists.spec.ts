import type { Page } from "@playwright/test";
import {
  finishedRun,
  givenCourse,
  givenRegistration,
  givenScores,
  learnersOf,
  listCourses,
  readRun,
  startBulk,
  startRun,
} from "./support/api.ts";
import { platform } from "./support/platform.ts";
import { SIGNED_IN } from "./support/site.ts";
import { expect, test } from "./support/test.ts";

const COURSES = 16;

let registrationId: string;
test.beforeAll(async () => {
  ({ id: registrationId } = await givenRegistration("College of Lists"));
  for (let index = 1; index <= COURSES; index++) {
    const title = `Listed ${String(index).padStart(2, "0")}`;
    const { course } = await givenCourse(registrationId, { title, members: index });
    await finishedRun((await startRun({ kind: "roster_sync", courseId: course.id })).id);
  }
});

test("a header sorts by its column, and says so", async ({ page }) => {
  await page.goto(`/courses?registrationId=${registrationId}`);
  const members = page.getByRole("columnheader", { name: "Members" });
  await members.getByRole("link").click();
  await expect(members).toHaveAttribute("aria-sort", "ascending");
  await members.getByRole("link").click();
  await expect(members).toHaveAttribute("aria-sort", "descending");
  await expect(page).toHaveURL(/sort=-memberCount/);
  await expect(rows(page).first()).toContainText("Listed 16");
});

test("rows are chosen by mouse and keyboard, and acted on after a count", async ({ page }) => {
  await page.goto(`/courses?registrationId=${registrationId}`);
  // A key that comes before the page's scripts is nobody's.
  await expect(async () => {
    await page.getByRole("link", { name: "Listed 01" }).focus();
    await page.keyboard.press("j");
    await expect(page.getByRole("link", { name: "Listed 02" })).toBeFocused({ timeout: 500 });
  }).toPass();
  await page.keyboard.press("x");
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  await page.keyboard.press("Shift+X");
  const bar = page.getByRole("group", { name: "Selection" });
  await expect(bar.getByRole("status")).toHaveText("3 selected");

  const act = bar.getByRole("button", { name: /roster/i });
  await act.click();
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText("3");
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await expect(act).toBeFocused();

  await page.getByRole("checkbox", { name: "Select this page" }).click();
  await expect(bar.getByRole("status")).toHaveText(`${COURSES} selected`);
});

test("columns, views and files of a list", async ({ page }) => {
  await page.goto(`/courses?registrationId=${registrationId}&sort=-memberCount`);
  await page.getByText("View", { exact: true }).click();
  await page.getByRole("checkbox", { name: "Context ID" }).check();
  await expect(page.getByRole("columnheader", { name: "Context ID" })).toBeVisible();
  await page.getByRole("textbox", { name: "Name of this view" }).fill("Largest first");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByRole("link", { name: "Largest first" })).toBeVisible();

  await page.reload();
  await expect(page.getByRole("columnheader", { name: "Context ID" })).toBeVisible();
  await page.getByText("Export", { exact: true }).click();
  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: "CSV" }).click();
  const lines = await readAll(await (await download).createReadStream());
  expect(lines.trim().split("\n")).toHaveLength(COURSES + 1);
});

test("after navigation the focus is on the new page's heading", async ({ page }) => {
  await page.goto(`/courses?registrationId=${registrationId}`);
  await page.getByRole("link", { name: "Listed 01" }).click();
  await expect(page.getByRole("heading", { name: "Listed 01", level: 1 })).toBeFocused();
});

test("on a phone a row is two lines", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(`/courses?registrationId=${registrationId}`);
  const heights = await rows(page).evaluateAll((all) => all.map((row) => row.clientHeight));
  expect(Math.max(...heights)).toBeLessThanOrEqual(72);
  await page.screenshot({ path: "test-results/lists-phone.png" });
});

test("outcomes are filtered without JavaScript", async ({ browser }) => {
  const { id: ofOutcomes } = await givenRegistration("College of Outcomes");
  const { course, lineItems } = await givenCourse(ofOutcomes, {
    title: "Filtered outcomes",
    members: 6,
    lineItems: [{ label: "Essay" }],
  });
  const learners = await learnersOf(course.contextId);
  const { contextId } = course;
  await platform.misbehave({ kind: "ungradable_user", contextId, userId: learners[2] });
  await givenScores(lineItems[0]!.id, learners);
  const { id } = await startRun({ kind: "grade_sync", courseId: course.id });
  const { failed } = await finishedRun(id);
  expect(failed).toBe(1);
  const context = await browser.newContext({ javaScriptEnabled: false, storageState: SIGNED_IN });
  const page = await context.newPage();
  await page.goto(`/runs/${id}`);
  await expect(rows(page)).toHaveCount(learners.length);
  const outcome = page.getByRole("group", { name: "Outcome" });
  await outcome.getByRole("button", { name: /^Rejected/ }).click();
  await expect(page).toHaveURL(/kind=rejected/);
  await expect(rows(page)).toHaveCount(failed);
  await expect(outcome.getByRole("button", { name: /^Rejected/ })).toHaveAttribute(
    "aria-pressed",
    "true",
  );
  await outcome.getByRole("button", { name: /^Rejected/ }).click();
  await expect(rows(page)).toHaveCount(learners.length);
  await context.close();
});

test("no word is broken inside, and the names of runs are whole at 1280 px", async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 800 });
  const { id } = await givenRegistration("College of Names");
  for (const title of ["Named 1", "Named 2"]) await givenCourse(id, { title, members: 2 });
  await finishedRun((await startRun({ kind: "roster_sync", registrationId: id })).id);
  await page.goto(`/runs?registrationId=${id}`);
  await expect(rows(page).first()).toContainText("Rosters of all courses");
  const name = rows(page).first().locator("[data-part=lead] [data-cut]");
  expect(await name.evaluate((cell) => cell.scrollWidth - cell.clientWidth)).toBeLessThanOrEqual(0);
  const table = page.getByRole("table", { name: "Runs" });
  const overflow = await table.evaluate((it) => it.scrollWidth - it.parentElement!.clientWidth);
  expect(overflow).toBeLessThanOrEqual(0);
  await page.screenshot({ path: "test-results/runs-1280.png" });
  for (const path of ["/runs", "/courses", "/registrations", "/tokens", "/audit"]) {
    await page.goto(path);
    await expect(rows(page).first()).toBeVisible();
    expect({ path, broken: await page.evaluate(brokenWords) }).toEqual({ path, broken: [] });
  }
});

/** Words of letters alone, in tables, that stand on two lines. */
function brokenWords(): string[] {
  const broken: string[] = [];
  for (const table of document.querySelectorAll("main table")) {
    const texts = document.createTreeWalker(table, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const { currentNode: node } = texts;
      for (const { 0: word, index } of (node.textContent ?? "").matchAll(/\p{L}{2,}/gu)) {
        const range = document.createRange();
        range.setStart(node, index);
        range.setEnd(node, index + word.length);
        const lines = new Set([...range.getClientRects()].map(({ top }) => Math.round(top)));
        if (lines.size > 1) broken.push(word);
      }
    }
  }
  return broken;
}

test("filters and orders work without JavaScript", async ({ browser }) => {
  const context = await browser.newContext({ javaScriptEnabled: false, storageState: SIGNED_IN });
  const page = await context.newPage();
  await page.goto(`/courses?registrationId=${registrationId}`);
  await page.getByRole("searchbox", { name: "Search courses" }).fill("Listed 07");
  await page.getByRole("button", { name: "Apply" }).click();
  await expect(rows(page)).toHaveCount(1);
  await page.goto(`/courses?registrationId=${registrationId}`);
  await page.getByRole("columnheader", { name: "Members" }).getByRole("link").click();
  await expect(page).toHaveURL(/sort=memberCount/);
  await expect(rows(page).first()).toContainText("Listed 01");
  await context.close();
});

function rows(page: Page) {
  return page.locator("[data-row]");
}

async function readAll(stream: NodeJS.ReadableStream): Promise<string> {
  let text = "";
  for await (const chunk of stream) text += chunk.toString();
  return text;
}

test("the audit names its objects, and is narrowed to one of them and to one act", async ({
  page,
}) => {
  await page.goto(`/audit?objectId=${registrationId}`);
  await expect(rows(page).first()).toContainText("College of Lists");
  await page.goto("/audit");
  await page.getByRole("searchbox", { name: "Search the audit" }).fill(registrationId);
  await expect(page).toHaveURL(/q=/);
  const only = page.getByRole("link", { name: "Only entries of Registration College of Lists" });
  await only.first().click();
  await expect(page).toHaveURL(new RegExp(`objectId=${registrationId}`));
  await page.getByRole("link", { name: "Create registration" }).click();
  await expect(page).toHaveURL(/action=registration\.create/);
  await expect(rows(page)).toHaveCount(1);
  await page.getByRole("button", { name: /Only Create registration/ }).click();
  await expect(page).not.toHaveURL(/action=/);
});

test("runs are found by who started them, by error and by duration, in the page", async ({
  page,
}) => {
  await page.goto(`/runs?registrationId=${registrationId}`);
  await page.getByText("More filters").click();
  await page.getByRole("combobox", { name: "Took at most" }).selectOption("3600");
  await expect(page).toHaveURL(/maxSeconds=3600/);
  await expect(rows(page)).toHaveCount(COURSES);
  await page.getByRole("combobox", { name: "Took at least" }).selectOption("3600");
  await expect(page.getByText("No runs match")).toBeVisible();
  await expect(page.getByText("More filters, 2 set")).toBeVisible();
  await page.getByRole("button", { name: "Clear filters" }).first().click();
  await page.goto(`/runs?registrationId=${registrationId}`);
  await page.getByText("More filters").click();
  await page.getByRole("searchbox", { name: /^Error code/ }).fill("lti.token_refused");
  await expect(page.getByText("No runs match")).toBeVisible();
});

test("fourteen rows and more stand above the fold", async ({ page }) => {
  test.slow();
  await page.setViewportSize({ width: 1280, height: 800 });
  const courseId = await givenFullCourse("Full house");
  const refusedId = await givenFullCourse("Refused house", async ({ url: lineItem, learners }) => {
    for (const userId of learners)
      await platform.misbehave({ kind: "ungradable_user", lineItem, userId });
  });
  await givenDifferences(courseId);
  await givenHolds();
  for (let index = 1; index <= COURSES; index++) {
    await givenRegistration(`Further College ${index}`);
    await startBulk("courses.verify", { registrationId });
  }
  const found: Record<string, number> = {};
  for (const path of [
    `/courses?registrationId=${registrationId}`,
    `/runs?registrationId=${registrationId}`,
    "/registrations",
    `/holds?registrationId=${registrationId}`,
    "/audit",
    "/operations",
    `/courses/${courseId}/roster`,
    `/courses/${courseId}/grades?state=sent`,
    `/courses/${refusedId}/grades?state=rejected`,
    `/courses/${courseId}/proof`,
  ]) {
    await page.goto(path);
    await expect(rows(page).nth(COURSES - 1)).toBeAttached();
    const ends = await rows(page).evaluateAll((all) =>
      all.map((row) => row.getBoundingClientRect().bottom),
    );
    const name = path.replaceAll(/\?.*|courses\/[0-9a-f-]{36}/g, "").replaceAll("/", "-");
    found[name] = ends.filter((bottom) => bottom <= 800).length;
    await page.screenshot({ path: `test-results/lists${name}.png` });
  }
  const short = Object.entries(found).filter(([, count]) => count < 14);
  expect(short).toEqual([]);

  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(`/courses/${courseId}/proof`);
  const heights = await rows(page).evaluateAll((all) => all.map((row) => row.clientHeight));
  await page.screenshot({ path: "test-results/lists-proof-phone.png" });
  expect(Math.max(...heights)).toBeLessThanOrEqual(72);
});

type Column = { url: string; learners: string[] };
const columns = new Map<string, Column>();

/** A course of more people than a window shows, each with a score that was sent. */
async function givenFullCourse(
  title: string,
  before: (column: Column) => Promise<void> = async () => {},
): Promise<string> {
  const { course, lineItems } = await givenCourse(registrationId, {
    title,
    members: COURSES + 4,
    lineItems: [{ label: "Essay" }],
  });
  await finishedRun((await startRun({ kind: "roster_sync", courseId: course.id })).id);
  const column = { url: lineItems[0]!.url, learners: await learnersOf(course.contextId) };
  columns.set(course.id, column);
  await before(column);
  await givenScores(lineItems[0]!.id, column.learners);
  await finishedRun((await startRun({ kind: "grade_sync", courseId: course.id })).id);
  return course.id;
}

/** Somebody set other values on the platform, and a verification saw it. */
async function givenDifferences(courseId: string): Promise<void> {
  const { url, learners } = columns.get(courseId)!;
  for (const userId of learners)
    await platform.overrideResult({ lineItem: url, userId, resultScore: 99 });
  await finishedRun((await startRun({ kind: "verify", courseId })).id);
}

/** Everybody is gone from every course, so that each waits for a person. */
async function givenHolds(): Promise<void> {
  for (const { contextId, title } of await listCourses())
    if (title.startsWith("Listed ")) {
      const remove = (await platform.rosterOf({ contextId })).map(({ userId }) => userId);
      await platform.changeRoster({ contextId, remove });
    }
  const { id } = await startRun({ kind: "roster_sync", registrationId });
  // A run whose removals wait for a person does not end.
  await expect
    .poll(async () => {
      const { state, finishedAt } = await readRun(id);
      return state === "held" || finishedAt !== null;
    })
    .toBe(true);
}
