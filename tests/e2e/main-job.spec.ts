import type { Page } from "@playwright/test";
import { dropToken, learnersOf, listCourses, readRun } from "./support/api.ts";
import { platform, registerTool } from "./support/platform.ts";
import { expect, figure, test } from "./support/test.ts";

const CLIENT = "state-university";
const SCORES = 400;

test.describe.configure({ mode: "serial", timeout: 300_000 });

test("an operator adds a registration and two courses", async ({ page }) => {
  const told = await registerTool(CLIENT);
  await page.goto("/registrations");
  await page.getByRole("link", { name: "Connect an LMS" }).first().click();
  await page.getByRole("link", { name: "Other platform" }).click();
  await page.getByLabel("Name", { exact: true }).fill("State University");
  await page.getByRole("button", { name: "Continue", exact: true }).click();
  await page.getByRole("button", { name: "Go by hand" }).click();
  await page.getByLabel("Issuer", { exact: true }).fill(told.issuer);
  await page.getByLabel("Client ID").fill(told.clientId);
  await page.getByRole("textbox", { name: "Token endpoint" }).fill(told.tokenEndpoint);
  await page.getByLabel("Authorization endpoint").fill(told.authorizationEndpoint);
  await page.getByLabel("JWKS URL").fill(told.jwksUrl);
  await page.getByRole("textbox", { name: "deployment ID 1" }).fill("1");
  await page.getByRole("button", { name: "Save registration" }).click();
  await page.getByRole("button", { name: "Continue to the first launch" }).click();
  await page.getByRole("button", { name: "Finish without a course" }).click();
  await expect(page.getByRole("heading", { name: "State University", level: 1 })).toBeVisible();

  await addCourse(page, { title: "Biology 101", members: SCORES + 1 });
  await addCourse(page, { title: "Linear Algebra", members: 64 });
});

async function addCourse(page: Page, { title, members }: { title: string; members: number }) {
  const contextId = title.toLowerCase().replaceAll(" ", "-");
  const lineItems = [{ label: "Midterm" }];
  const made = await platform.addCourse({ contextId, title, members, lineItems });
  await page.goto("/courses/new");
  await page.getByLabel("Registration").selectOption("State University");
  await page.getByLabel("Deployment ID").fill("1");
  await page.getByLabel("Title").fill(title);
  await page.getByLabel("Context ID").fill(contextId);
  await page.getByLabel("Memberships URL").fill(made.membershipsUrl);
  await page.getByLabel("Line items URL").fill(made.lineItemsUrl);
  await page.getByRole("button", { name: "Add course" }).click();
  await expect(page.getByRole("heading", { name: title, level: 1 })).toBeVisible();
}

test("a roster sync over all courses is watched to its end, under one token", async ({ page }) => {
  await platform.setLatency({ latencyMs: { memberships: 3_000 } });
  // What other tests asked of the platform is over.
  await platform.behave({});
  await platform.resetCounts();
  await page.goto("/registrations");
  await page.getByRole("link", { name: "State University" }).click();
  await page.getByRole("button", { name: "Sync all rosters" }).click();
  await expect(page).toHaveURL(/\/runs\//);

  await expect(page.getByRole("progressbar").first()).toBeVisible();
  await expect(page.getByText("1 of 2 courses").first()).toBeVisible();
  await expect(page.getByText("2 of 2 courses").first()).toBeVisible();
  await expect(page.locator("main").getByText("Done", { exact: true }).first()).toBeVisible();
  await expect(figure(page, "Requested")).toHaveText("1");
  await expect(figure(page, "Endpoint swaps")).toHaveText("2");
  expect((await platform.counts()).tokenRequestsByClient).toEqual({ [CLIENT]: 1 });

  await page.goto("/courses");
  await page.getByRole("link", { name: "Biology 101" }).click();
  await page.getByRole("link", { name: /^Roster/ }).click();
  await expect(page.getByRole("table").getByRole("row")).not.toHaveCount(0);
  await platform.setLatency({ latencyMs: 0 });
});

test("a CSV is refused by line, then stored, and 400 scores outlive a token of 20 seconds", async ({
  page,
}) => {
  // What other tests asked of the platform is over.
  await platform.behave({});
  await platform.resetCounts();
  await platform.misbehave({ kind: "token_lifetime", seconds: 20, clientId: CLIENT });
  await platform.setLatency({ latencyMs: { scores: 130 } });
  const course = (await listCourses()).find(({ title }) => title === "Biology 101");
  await dropToken(course?.registrationId ?? "");
  await page.goto(`/courses/${course?.id}/grades/line-items`);
  await page.getByRole("button", { name: "Import from the platform" }).first().click();
  await page.getByRole("link", { name: "Upload scores for Midterm" }).click();

  const userIds = (await learnersOf("biology-101")).slice(0, SCORES);
  await upload(page, ["user_id,score", `${userIds[0]},12`, `${userIds[1]},many`]);
  await expect(page.getByText("1 problem in this file", { exact: false })).toBeVisible();
  await expect(page.getByRole("button", { name: /^Store/ })).toHaveCount(0);

  await upload(page, ["user_id,score", ...userIds.map((id, index) => `${id},${index % 100}`)]);
  await page.getByRole("button", { name: `Store ${SCORES} scores` }).click();
  await expect(page).toHaveURL(/\/runs\//);
  await expect(page.getByText(/^\d+ of 400 scores$/).first()).toBeVisible();
  await expect(page.getByText("400 of 400 scores").first()).toBeVisible({ timeout: 120_000 });
  await expect(page.locator("main").getByText("Done", { exact: true }).first()).toBeVisible();

  const run = await readRun(new URL(page.url()).pathname.split("/").at(-1) ?? "");
  expect(run).toMatchObject({ state: "succeeded", done: SCORES, failed: 0 });
  expect(run.token.refreshed).toBeGreaterThan(0);
  await expect(figure(page, "Refreshed")).toHaveText(String(run.token.refreshed));
  await expectEachScoreOnce(userIds);
  await platform.setLatency({ latencyMs: 0 });
});

async function upload(page: Page, lines: string[]): Promise<void> {
  const buffer = Buffer.from(lines.join("\n"));
  await page
    .getByLabel("CSV file")
    .setInputFiles({ name: "midterm.csv", mimeType: "text/csv", buffer });
  await page.getByRole("button", { name: /^Preview( another file)?$/ }).click();
}

/** As the platform counted: nothing refused for an expired token, nothing sent twice. */
async function expectEachScoreOnce(userIds: string[]): Promise<void> {
  const counts = await platform.counts();
  expect(counts).toMatchObject({
    scoresAccepted: SCORES,
    scoresRepeated: 0,
    scoresRefused: 0,
    unauthorized: 0,
  });
  const [lineItem] = await platform.lineItemsOf({ contextId: "biology-101" });
  const scores = await platform.scoresOf({ lineItem: lineItem?.url ?? "" });
  expect(scores.map(({ userId }) => userId).sort()).toEqual([...userIds].sort());
}
