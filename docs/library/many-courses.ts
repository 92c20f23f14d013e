/** Many courses: one token, and the endpoints are swapped under it. */
import { authenticate, isLtiError, listMemberships } from "rollbook/lti";
import { courses, options, registration } from "./tool.ts";

const [first] = courses;
if (!first) throw new Error("the settings name no course");
const { memberships } = first.endpoints;

let client = await authenticate(registration, { memberships }, options);
for (const { title, endpoints } of courses) {
  try {
    client = await client.refresh();
    const roster = await listMemberships(
      client.withEndpoints({ memberships: endpoints.memberships }),
    );
    console.log(`${title}: ${roster.memberships.length} members`);
  } catch (error) {
    // A course that is gone, or offers no roster, does not end the others.
    if (!isLtiError(error)) throw error;
    console.log(`${title}: ${error.code}`);
  }
}
await options.fetch.close();
