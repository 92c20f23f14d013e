/** One call: authenticate, call. There is nothing to keep. */
import { authenticate, listMemberships } from "rollbook/lti";
import { courses, options, registration } from "./tool.ts";

const [course] = courses;
if (!course) throw new Error("the settings name no course");
const { memberships } = course.endpoints;

// Scopes are asked for what is called, and nothing else.
const client = await authenticate(registration, { memberships }, options);
const roster = await listMemberships(client);

console.log(`${course.title}: ${roster.memberships.length} members, complete: ${roster.complete}`);
await options.fetch.close();
