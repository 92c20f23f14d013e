import { CoursePage, CourseView } from "#lib/operations/courses/schema.ts";
import { LineItemPage, LineItemView } from "#lib/operations/line-items/schema.ts";
import { RegistrationView } from "#lib/operations/registrations/schema.ts";
import { RunDetail, RunStarted } from "#lib/operations/runs/schema.ts";
import { platform, registerTool } from "./platform.ts";
import { SITE } from "./site.ts";

export async function call(
  method: "GET" | "POST" | "PUT" | "DELETE",
  path: string,
  body?: object,
): Promise<unknown> {
  const response = await fetch(`${SITE.url}/api/v1${path}`, {
    method,
    headers: {
      authorization: `Bearer ${SITE.apiKey}`,
      ...(body && { "content-type": "application/json" }),
    },
    body: body && JSON.stringify(body),
  });
  const answer: unknown = await response.json();
  if (!response.ok) throw new Error(`${method} ${path}: ${JSON.stringify(answer)}`);
  return answer;
}

/** A registration known on both sides, for tests that are about something else. */
export async function givenRegistration(name: string) {
  const { deploymentIds, ...told } = await registerTool(`client-${crypto.randomUUID()}`);
  const input = { name, profile: "other", deploymentIds, ...told };
  return RegistrationView.parse(await call("POST", "/registrations", input));
}

/** A course known on both sides, with its line items. */
export async function givenCourse(
  registrationId: string,
  given: Parameters<typeof platform.addCourse>[0] & { title: string },
) {
  const made = await platform.addCourse({ contextId: crypto.randomUUID(), ...given });
  const { lineItems, title, label = "", ...told } = made;
  const input = { registrationId, title, label, ...told };
  const course = CourseView.parse(await call("POST", "/courses", input));
  const columns = [];
  for (const { url, label, scoreMaximum } of lineItems) {
    const path = `/courses/${course.id}/line-items`;
    columns.push(LineItemView.parse(await call("POST", path, { url, label, scoreMaximum })));
  }
  return { course, lineItems: columns };
}

/** A column that the platform has, recorded by its address. */
export async function addColumn(
  courseId: string,
  column: { url: string; label: string; scoreMaximum: number },
) {
  return LineItemView.parse(await call("POST", `/courses/${courseId}/line-items`, column));
}

export async function listLineItems(courseId: string) {
  return LineItemPage.parse(await call("GET", `/courses/${courseId}/line-items`)).items;
}

export async function givenScores(lineItemId: string, userIds: string[]): Promise<void> {
  const scores = userIds.map((userId, index) => ({ userId, scoreGiven: index % 100 }));
  await call("POST", `/line-items/${lineItemId}/scores`, { scores });
}

export async function startRun(start: object) {
  return RunStarted.parse(await call("POST", "/runs", start)).run;
}

/** A schedule of a registration, as the API takes it. */
export async function givenSchedule(schedule: object): Promise<void> {
  await call("POST", "/schedules", schedule);
}

export async function readRun(runId: string) {
  return RunDetail.parse(await call("GET", `/runs/${runId}`));
}

export async function startBulk(action: string, filter: object): Promise<void> {
  await call("POST", "/operations", { action, filter });
}

/** Waits for a run to end; the wait is bounded by the test's own time limit. */
export async function finishedRun(runId: string) {
  for (;;) {
    const run = await readRun(runId);
    if (run.finishedAt !== null) return run;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

/** So that the next job requests a token anew. */
export async function dropToken(registrationId: string): Promise<void> {
  await call("DELETE", `/tokens/${registrationId}`);
}

export async function listCourses() {
  return CoursePage.parse(await call("GET", "/courses?limit=200")).items;
}

export async function learnersOf(contextId: string): Promise<string[]> {
  const members = await platform.rosterOf({ contextId, role: "Learner" });
  return members.map(({ userId }) => userId);
}

/** Somebody who can sign in with this password; the e-mail. */
export async function givenOperator(role: "viewer" | "admin", password: string): Promise<string> {
  const email = `${role}-${crypto.randomUUID()}@example.edu`;
  await call("POST", "/operators", { name: `Some ${role}`, email, password, role });
  return email;
}

/** A run of all tests takes longer than a proof of who is signed in does at first: here, a day. */
export async function setSignInRules(rules: { adminsNeedSecondFactor: boolean }): Promise<void> {
  await call("PUT", "/sign-in-rules", { askAgainMinutes: 1_440, ...rules });
}
