import type { CourseView } from "#lib/operations/courses/schema.ts";
import type { Page } from "#lib/operations/fields.ts";
import type { LineItemView } from "#lib/operations/line-items/schema.ts";
import type { RegistrationView } from "#lib/operations/registrations/schema.ts";
import type { ScoreView } from "#lib/operations/scores/schema.ts";
import type { Api } from "#tests/support/api.ts";

/** A registration as a caller would send it, with a client ID of its own. */
export function registrationInput(fields: object = {}) {
  return {
    name: "State University",
    issuer: "https://lms.example.edu",
    clientId: crypto.randomUUID(),
    tokenEndpoint: "https://lms.example.edu/token",
    authorizationEndpoint: "https://lms.example.edu/authorize",
    jwksUrl: "https://lms.example.edu/jwks",
    ...fields,
  };
}

/** A course as a caller would send it, with a context ID of its own. */
export function courseInput(registrationId: string, fields: object = {}) {
  const contextId = crypto.randomUUID();
  return {
    registrationId,
    deploymentId: "1",
    contextId,
    title: "Introduction to Biology",
    membershipsUrl: `https://lms.example.edu/courses/${contextId}/members`,
    lineItemsUrl: `https://lms.example.edu/courses/${contextId}/line_items`,
    ...fields,
  };
}

export async function createRegistration(api: Api): Promise<RegistrationView> {
  const json = registrationInput();
  return (await api.ask<RegistrationView>("POST", "/registrations", { json })).body;
}

/** A course of a new registration. */
export async function createCourse(api: Api, fields: object = {}): Promise<CourseView> {
  const { id } = await createRegistration(api);
  const json = courseInput(id, fields);
  return (await api.ask<CourseView>("POST", "/courses", { json })).body;
}

/** A line item of a new course, recorded by its address. */
export async function createLineItem(api: Api): Promise<LineItemView> {
  const course = await createCourse(api);
  const json = { url: `${course.lineItemsUrl}/1`, label: "Quiz 1", scoreMaximum: 10 };
  return (await api.ask<LineItemView>("POST", `/courses/${course.id}/line-items`, { json })).body;
}

/** How many scores of a course wait to be sent. */
export async function countWaiting(api: Api, courseId: string): Promise<number> {
  const path = `/courses/${courseId}/scores?state=pending`;
  return (await api.ask<Page<ScoreView>>("GET", path)).body.total;
}
