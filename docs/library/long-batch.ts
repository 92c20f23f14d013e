/** A long batch: grades for a whole course, under tokens that may end on the way. */
import {
  authenticate,
  Connection,
  createScore,
  findOrCreateLineItem,
  isLearner,
  isLtiError,
  laterTimestamp,
  listMemberships,
  postScore,
} from "rollbook/lti";
import { courses, options, registration } from "./tool.ts";

const BATCH = 50;
// Moodle keeps whole seconds; most platforms keep milliseconds.
const STEP_MS = 1_000;

const [course] = courses;
if (!course) throw new Error("the settings name no course");
let connection = new Connection(await authenticate(registration, course.endpoints, options));
const { lineItem } = await connection.call((client) =>
  findOrCreateLineItem(client, { label: "Essay", scoreMaximum: 20, resourceId: "essay-1" }),
);
const { memberships } = await connection.call((client) => listMemberships(client));
const learners = memberships.filter(({ roles }) => isLearner(roles));

let sent = 0;
const failed = new Map<string, string>();
for (let start = 0; start < learners.length; start += BATCH) {
  // Asks for nothing while the token is fresh.
  connection = new Connection(await connection.client.refresh());
  for (const { userId } of learners.slice(start, start + BATCH)) {
    const score = createScore({
      userId,
      // Keep the last one of each person, and give it here: it must be later.
      timestamp: laterTimestamp(undefined, new Date(), STEP_MS),
      activityProgress: "Completed",
      gradingProgress: "FullyGraded",
      scoreGiven: 17.5,
      scoreMaximum: 20,
    });
    try {
      // A token that ends or is revoked within a batch is replaced, and the call made again.
      await connection.call((one) => postScore(one, score, { lineItemUrl: lineItem.url }));
      sent += 1;
    } catch (error) {
      // One person's refusal is not the batch's. What else happens is: a platform that is down.
      if (!isLtiError(error) || error.code !== "lti.request_rejected") throw error;
      failed.set(userId, error.excerpt ?? error.message);
    }
  }
  console.log(`${sent} sent, ${failed.size} refused`);
}
await options.fetch.close();
