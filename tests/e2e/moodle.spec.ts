import { RegistrationView } from "#lib/operations/registrations/schema.ts";
import {
  addColumn,
  finishedRun,
  givenScores,
  learnersOf,
  listCourses,
  startRun,
} from "./support/api.ts";
import { platform } from "./support/platform.ts";
import { SITE } from "./support/site.ts";
import { expect, test } from "./support/test.ts";

test.describe.configure({ mode: "serial", timeout: 300_000 });

const clientId = `moodle-${crypto.randomUUID().slice(0, 8)}`;
const contextId = crypto.randomUUID();
let courseId: string;
let column: { id: string; url: string };
let learners: string[];

/** A tool on a platform that behaves as Moodle does, towards this tool alone. */
test.beforeAll(async () => {
  const { deploymentIds, ...told } = await platform.addRegistration({
    clientId,
    jwksUrl: `${SITE.url}/lti/jwks`,
    loginUrl: `${SITE.url}/lti/login`,
    launchUrl: `${SITE.url}/lti/launch`,
  });
  await platform.useProfile({ profile: "moodle", clientId });
  const response = await fetch(`${SITE.url}/api/v1/registrations`, {
    method: "POST",
    headers: { authorization: `Bearer ${SITE.apiKey}`, "content-type": "application/json" },
    body: JSON.stringify({ name: "Moodle College", profile: "moodle", deploymentIds, ...told }),
  });
  RegistrationView.parse(await response.json());
});

test("the connection test of a Moodle finds nothing wrong, and a launch brings the course", async ({
  page,
}) => {
  const made = await platform.addCourse({
    contextId,
    title: "Moodle in general",
    members: 12,
    lineItems: [{ label: "Essay" }],
    lineItemQuery: "type_id=1",
    learnersOnly: true,
  });
  await page.goto((await platform.startLaunch({ clientId, contextId })).url);
  await expect(page.getByRole("heading", { name: "Moodle in general" })).toBeVisible();
  const course = (await listCourses()).find((each) => each.contextId === contextId);
  courseId = course?.id ?? "";
  const { url = "" } = made.lineItems[0] ?? {};
  expect(url).toContain("type_id=1");
  column = await addColumn(courseId, { url, label: "Essay", scoreMaximum: 100 });
  learners = await learnersOf(contextId);

  await page.goto(`/registrations/${course?.registrationId}/test`);
  const tested = page.getByRole("region", { name: "Connection test" });
  await tested.getByRole("button", { name: "Test connection" }).click();
  await expect(page.getByText("The connection works").first()).toBeVisible();
});

test("its roster is read in one page, with the short names of its roles", async ({ page }) => {
  await page.goto(`/courses/${courseId}`);
  await page.getByRole("button", { name: "Sync roster" }).first().click();
  await expect(page).toHaveURL(/\/runs\//);
  await expect(page.locator("main").getByText("Done", { exact: true }).first()).toBeVisible();
  await page.goto(`/courses/${courseId}/roster`);
  await expect(page.getByRole("table").getByRole("row")).toHaveCount(13);
});

test("a locked grade is refused as locked, and the others arrive", async ({ page }) => {
  await platform.lockGrades({ lineItem: column.url, userIds: [learners[0] ?? ""] });
  await givenScores(column.id, learners.slice(0, 6));
  await page.goto(`/courses/${courseId}`);
  await page.getByRole("button", { name: /^Send \d+ scores…/ }).click();
  await page.getByRole("dialog").getByRole("button", { name: /^Send/ }).click();
  await expect(page).toHaveURL(/\/runs\//);
  const run = await finishedRun(new URL(page.url()).pathname.split("/").at(-1) ?? "");
  expect(run).toMatchObject({ state: "partly_succeeded", done: 5, failed: 1 });
  await page.goto(`/courses/${courseId}/grades?state=rejected`);
  await page.getByRole("button", { name: /What the platform said of/ }).click();
  await expect(page.getByText("The grade is locked on the platform").first()).toBeVisible();
  expect(await platform.gradesOf({ lineItem: column.url })).toHaveLength(5);
});

test("a teacher's edit stays, and the proof says who can release it", async ({ page }) => {
  const userId = learners[1] ?? "";
  await platform.overrideResult({ lineItem: column.url, userId, resultScore: 61.5 });
  await finishedRun((await startRun({ kind: "verify", courseId })).id);
  await page.goto(`/courses/${courseId}/proof`);
  await expect(page.getByText("The platform keeps a teacher's grade").first()).toBeVisible();
  await expect(page.getByText("61.5 of 100").first()).toBeVisible();
  await expect(page.getByText("4 of 6 proven").first()).toBeVisible();
});
