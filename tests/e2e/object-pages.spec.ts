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
import { expect, test } from "./support/test.ts";

let registrationId: string;
let courseId: string;
let gradeRunId: string;
let rejected: string;

test.beforeAll(async () => {
  registrationId = (await givenRegistration("Pages College")).id;
  const options = { members: 12, lineItems: [{ label: "Essay" }] };
  const { course, lineItems } = await givenCourse(registrationId, { title: "Poems", ...options });
  courseId = course.id;
  const learners = (await learnersOf(course.contextId)).slice(0, 5);
  rejected = learners[2]!;
  const { contextId } = course;
  await platform.misbehave({ kind: "ungradable_user", contextId, userId: rejected });
  await finishedRun((await startRun({ kind: "roster_sync", courseId })).id);
  await givenScores(lineItems[0]?.id ?? "", learners);
  gradeRunId = (await startRun({ kind: "grade_sync", courseId })).id;
  await finishedRun(gradeRunId);
});

test("tabs of a registration list its courses and runs, and one page has its settings", async ({
  page,
}) => {
  await page.goto(`/registrations/${registrationId}`);
  const tabs = page.getByRole("navigation", { name: "Registration" });
  await tabs.getByRole("link", { name: /^Courses/ }).click();
  const courses = page.getByRole("table", { name: "Courses" });
  await expect(courses.getByRole("link", { name: "Poems" })).toBeVisible();
  await expect(courses.getByRole("row")).toHaveCount(2);
  await expectAccessible(page);

  await tabs.getByRole("link", { name: "Runs" }).click();
  await expect(page.getByRole("table", { name: "Runs" }).getByRole("row")).toHaveCount(3);

  await page.goto(`/registrations/${registrationId}/edit`);
  await expect(page).toHaveURL(/\/settings$/);
  await expect(tabs.getByRole("link", { name: "Settings" })).toHaveAttribute(
    "aria-current",
    "page",
  );
  await page.getByLabel("Name", { exact: true }).fill("Pages and Edits");
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Pages and Edits" })).toBeVisible();
});

test("one page has the settings of a course: details, sending, schedules, archive", async ({
  page,
}) => {
  await page.goto(`/courses/${courseId}/edit`);
  await expect(page).toHaveURL(/\/settings$/);
  for (const name of ["Details", "Sending scores", "Schedules"])
    await expect(page.getByRole("heading", { name, exact: true })).toBeVisible();
  await page.getByLabel("Label", { exact: false }).first().fill("POEM-1");
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(page.getByText("POEM-1")).toBeVisible();
  await page.getByRole("navigation", { name: "Course" }).getByText("Settings").click();
  await expectAccessible(page);
});

test("an outcome leads to the person, the person to the scores, a score to the person", async ({
  page,
}) => {
  await page.goto(`/runs/${gradeRunId}?kind=rejected#parts`);
  const outcomes = page.getByRole("table", { name: "Outcomes" });
  await outcomes.getByRole("row").nth(1).getByRole("link").first().click();
  await expect(page).toHaveURL(new RegExp(`roster\\?presence=all&userId=${rejected}`));
  await page.getByRole("link", { name: `Scores of ${rejected}` }).click();
  await expect(page).toHaveURL(new RegExp(`grades\\?userId=${rejected}`));
  const scores = page.getByRole("table", { name: "Scores" });
  await expect(scores.getByRole("row")).toHaveCount(2);
  await scores.getByRole("row").nth(1).getByRole("link").first().click();
  await expect(page).toHaveURL(/roster\?presence=all&userId=/);
});

for (const [name, pathOf] of Object.entries({
  registration: () => `/registrations/${registrationId}`,
  course: () => `/courses/${courseId}`,
}))
  test(`the page of a ${name} shows the last 30 days, read by keyboard and as a table`, async ({
    page,
  }) => {
    await page.goto(pathOf());
    const days = page.getByRole("region", { name: "The last 30 days" });
    await expect(days.getByText("4 sent, 1 rejected; 0 waiting now")).toBeVisible();
    const scores = days.getByRole("group", { name: /^Scores by day/ });
    await scores.focus();
    await page.keyboard.press("ArrowLeft");
    await expect(days.getByText(/: 4 sent, 1 rejected$/)).toBeVisible();
    await page.keyboard.press("ArrowLeft");
    await expect(days.getByText(/: 0 sent, 0 rejected$/)).toBeVisible();
    await days.getByText(/^As (a )?tables?$/).click();
    await expect(days.getByRole("cell", { name: /^(Sent )?4$/ }).first()).toBeVisible();
    await expectAccessible(page);
  });

test("rejected scores are sent again from the list that shows them", async ({ page }) => {
  await page.goto(`/courses/${courseId}/grades?state=rejected`);
  await expect(page.getByRole("link", { name: "Enter a score" })).toHaveCount(0);
  await page.getByRole("button", { name: "Resend 1 score" }).click();
  await expect(page).toHaveURL(/\/runs\//);
  const runId = new URL(page.url()).pathname.split("/").at(-1) ?? "";
  expect(runId).not.toBe(gradeRunId);
  const run = await finishedRun(runId);
  expect([run.kind, run.total, run.failed]).toEqual(["grade_sync", 1, 1]);
});

test("a connection is tested from any page of its registration", async ({ page }) => {
  await page.goto(`/registrations/${registrationId}/courses`);
  await page.getByRole("button", { name: "Test connection" }).click();
  await expect(page).toHaveURL(/\/test$/);
  const test = page.getByRole("region", { name: "Connection test" });
  await expect(test.getByText("Passed").first()).toBeVisible();
  await expect(test.getByText("Running", { exact: true })).toHaveCount(0);
});
