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
    const { roster } = courseOf(state, change.contextId);
    roster.change(change);
    return { members: roster.size };
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
    lineItems,
  };
}
