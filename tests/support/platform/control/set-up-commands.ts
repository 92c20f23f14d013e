import { z } from "zod";
import { Course } from "#tests/support/platform/course.ts";
import { courseDefaults } from "#tests/support/platform/profiles.ts";
import {
  clearState,
  issuerOf,
  tokenEndpointOf,
  type PlatformState,
} from "#tests/support/platform/state.ts";
import { command } from "./command.ts";
import { withProfile } from "./fault-commands.ts";
import {
  courseSchema,
  registrationSchema,
  rosterChangeSchema,
  type CourseInput,
  type RegistrationInput,
} from "./schemas.ts";

export const setUpCommands = {
  addRegistration: command(registrationSchema, addRegistration),
  /** An administrator switches services of the tool on or off. */
  allowScopes: command(
    z.strictObject({ clientId: z.string(), scopes: z.array(z.string()) }),
    ({ registrations }, { clientId, scopes }) => {
      const registration = registrations.get(clientId);
      if (!registration) throw new Error(`no client ${clientId}`);
      registrations.set(clientId, { ...registration, allowedScopes: scopes });
      return {};
    },
  ),
  hostToolJwks: command(
    z.strictObject({
      name: z.string().regex(/^[\w-]+$/),
      jwks: z.looseObject({ keys: z.array(z.unknown()) }),
    }),
    (state, { name, jwks }) => {
      state.hostedJwks.set(name, jwks);
      return { jwksUrl: `${state.url}/_tool/${name}/jwks` };
    },
  ),
  addCourse: command(courseSchema, addCourse),
  changeRoster: command(rosterChangeSchema, (state, change) => {
    const course = courseOf(state, change.contextId);
    course.roster.change(change);
    for (const userId of change.remove ?? []) unenrol(state, course, userId);
    return { members: course.roster.size };
  }),
  reset: command(z.strictObject({}), (state) => {
    clearState(state);
    withProfile(state);
    return {};
  }),
};

export function courseOf(state: PlatformState, contextId: string): Course {
  const course = state.courses.get(contextId);
  if (!course) throw new Error(`no course ${contextId}`);
  return course;
}

/** A gradebook may forget the grades of whoever leaves the course. */
function unenrol(state: PlatformState, course: Course, userId: string): void {
  for (const lineItem of course.lineItems.values()) {
    const { contextId } = course;
    const facts = {
      route: "other",
      method: "POST",
      contextId,
      lineItem: lineItem.url,
      userId,
    } as const;
    if (lineItem.scores.has(userId) && state.faults.take("wipe_on_unenrolment", facts))
      lineItem.scores.delete(userId);
  }
}

function addRegistration(state: PlatformState, input: RegistrationInput) {
  const clientId = input.clientId ?? `client-${state.registrations.size + 1}`;
  state.registrations.set(clientId, { ...input, clientId });
  return {
    clientId,
    deploymentIds: input.deploymentIds,
    issuer: issuerOf(state),
    tokenEndpoint: tokenEndpointOf(state),
    authorizationEndpoint: `${state.url}/authorize`,
    jwksUrl: `${state.url}/jwks`,
  };
}

function addCourse(state: PlatformState, given: CourseInput) {
  const { options, people, url } = state;
  const contextId = given.contextId ?? `course-${state.courses.size + 1}`;
  const input = { ...courseDefaults(options.profile), ...given };
  const course = new Course(contextId, input, { url, people });
  state.courses.set(contextId, course);
  const lineItems = [...course.lineItems.values()].map(({ url: lineItemUrl, fields }) => ({
    url: lineItemUrl,
    ...fields,
  }));
  return {
    contextId,
    title: given.title,
    label: given.label,
    deploymentId: given.deploymentId,
    scopes: given.scopes,
    membershipsUrl: course.membershipsUrl,
    lineItemsUrl: course.lineItemsUrl,
    groupsUrl: course.groupsUrl,
    groupSetsUrl: course.groupSetsUrl,
    lineItems,
  };
}
