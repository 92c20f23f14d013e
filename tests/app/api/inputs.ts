import type { Api, Json } from "#tests/support/api.ts";

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

export async function createRegistration(api: Api): Promise<Json> {
  return (await api.ask("POST", "/registrations", { json: registrationInput() })).body;
}

/** A course of a new registration. */
export async function createCourse(api: Api, fields: object = {}): Promise<Json> {
  const { id } = await createRegistration(api);
  return (await api.ask("POST", "/courses", { json: courseInput(id, fields) })).body;
}

/** A line item of a new course, recorded by its address. */
export async function createLineItem(api: Api): Promise<Json> {
  const course = await createCourse(api);
  const json = { url: `${course.lineItemsUrl}/1`, label: "Quiz 1", scoreMaximum: 10 };
  return (await api.ask("POST", `/courses/${course.id}/line-items`, { json })).body;
}
