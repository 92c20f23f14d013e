import type { Page } from "@playwright/test";
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
import { SITE } from "./support/site.ts";
import { expect, test } from "./support/test.ts";

test.describe.configure({ timeout: 240_000 });

type Shown = { registrationId: string; courseId: string; rosterRunId: string; gradeRunId: string };
let shown: Shown;

/** A registration with a course that went well, a score that was refused, and a run that failed. */
test.beforeAll(async () => {
  const { id: registrationId } = await givenRegistration("Accessible College");
  const options = { members: 60, lineItems: [{ label: "Essay" }, { label: "Quiz" }] };
  const { course, lineItems } = await givenCourse(registrationId, { title: "Optics", ...options });
  const { course: broken } = await givenCourse(registrationId, { title: "Echo", members: 3 });
  await platform.misbehave({ kind: "forbidden", contextId: broken.contextId });
  // A dozen rows look like fifty, and are looked through sooner.
  const learners = (await learnersOf(course.contextId)).slice(0, 12);
  const { contextId } = course;
  await platform.misbehave({ kind: "ungradable_user", contextId, userId: learners[3] });
  await givenScores(lineItems[0]?.id ?? "", learners);
  const { id: rosterRunId } = await startRun({ kind: "roster_sync", registrationId });
  await finishedRun(rosterRunId);
  const { id: gradeRunId } = await startRun({ kind: "grade_sync", courseId: course.id });
  await finishedRun(gradeRunId);
  // One value that a teacher changed, and one result that nobody here sent.
  const url = lineItems[0]?.url ?? "";
  await platform.overrideResult({ lineItem: url, userId: learners[0]!, resultScore: 61.5 });
  const stranger = { lineItem: lineItems[1]?.url ?? "", userId: learners[1]!, resultScore: 12 };
  await platform.overrideResult(stranger);
  const { id: verifyRunId } = await startRun({ kind: "verify", courseId: course.id });
  await finishedRun(verifyRunId);
  shown = { registrationId, courseId: course.id, rosterRunId, gradeRunId };
});

const PAGES: Record<string, (shown: Shown) => string> = {
  overview: () => "/",
  registrations: () => "/registrations",
  "import of registrations": () => "/registrations/import",
  "choice of a platform": () => "/registrations/new",
  registration: ({ registrationId }) => `/registrations/${registrationId}`,
  "connection test": ({ registrationId }) => `/registrations/${registrationId}/test`,
  "settings of a registration": ({ registrationId }) => `/registrations/${registrationId}/settings`,
  "courses of a registration": ({ registrationId }) => `/registrations/${registrationId}/courses`,
  "runs of a registration": ({ registrationId }) => `/registrations/${registrationId}/runs`,
  courses: () => "/courses",
  "new course": () => "/courses/new",
  course: ({ courseId }) => `/courses/${courseId}`,
  roster: ({ courseId }) => `/courses/${courseId}/roster`,
  grades: ({ courseId }) => `/courses/${courseId}/grades`,
  "line items": ({ courseId }) => `/courses/${courseId}/grades/line-items`,
  "upload of scores": ({ courseId }) => `/courses/${courseId}/grades/upload`,
  "proof of grades": ({ courseId }) => `/courses/${courseId}/proof`,
  "one score": ({ courseId }) => `/courses/${courseId}/grades/score`,
  "runs of a course": ({ courseId }) => `/courses/${courseId}/runs`,
  runs: () => "/runs",
  "no runs": () => "/runs?state=paused",
  "roster run": ({ rosterRunId }) => `/runs/${rosterRunId}`,
  "grade run": ({ gradeRunId }) => `/runs/${gradeRunId}`,
  "batches of a run": ({ gradeRunId }) => `/runs/${gradeRunId}?tab=parts`,
  "a run as the API has it": ({ rosterRunId }) => `/runs/${rosterRunId}?tab=raw`,
  holds: () => "/holds",
  tokens: () => "/tokens",
  "tokens, none found": () => "/tokens?state=refused&q=nowhere",
  token: ({ registrationId }) => `/tokens/${registrationId}`,
  "token of a registration": ({ registrationId }) => `/registrations/${registrationId}/token`,
  audit: () => "/audit",
  settings: () => "/settings",
  sessions: () => "/settings/sessions",
  "signing keys": () => "/settings/keys",
  "pending registrations": () => "/registrations/pending",
  "schedules of a registration": ({ registrationId }) =>
    `/registrations/${registrationId}/schedules`,
  "settings of a course": ({ courseId }) => `/courses/${courseId}/settings`,
  schedules: () => "/schedules",
  "new schedule": () => "/schedules/new",
  "bulk operations": () => "/operations",
  "what was found": () => "/search?q=opt",
};

for (const [name, pathOf] of Object.entries(PAGES)) {
  test(`${name}: nothing that axe finds`, async ({ page }) => {
    await page.goto(pathOf(shown));
    await settled(page);
    await expectAccessible(page);
  });
}

test("a missing page: nothing that axe finds", async ({ page }) => {
  await page.goto("/courses/0192a000-0000-7000-8000-000000000000");
  await settled(page);
  await expectAccessible(page);
});

test("a running run: nothing that axe finds", async ({ page }) => {
  await platform.setLatency({ latencyMs: { memberships: 8_000, differences: 8_000 } });
  const { id } = await startRun({ kind: "roster_sync", courseId: shown.courseId });
  await page.goto(`/runs/${id}`);
  await expect(page.locator("main").getByText("Running", { exact: true }).first()).toBeVisible();
  await expectAccessible(page);
  await platform.setLatency({ latencyMs: 0 });
  await finishedRun(id);
});

test.describe("signed out", () => {
  test.use({ storageState: { cookies: [], origins: [] } });

  test("sign-in, also refused: nothing that axe finds", async ({ page }) => {
    await page.goto("/login");
    await expectAccessible(page);
    await page.getByLabel("E-mail").fill(SITE.operator.email);
    await page.getByLabel("Password").fill("not the password");
    await page.getByRole("button", { name: "Sign in" }).click();
    await expect(page.getByText("the e-mail or the password is not right").first()).toBeVisible();
    await expectAccessible(page);
  });
});

/** The heading is there and no skeleton is left. */
async function settled(page: Page): Promise<void> {
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await page.waitForLoadState("load");
}
