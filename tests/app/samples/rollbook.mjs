// Rollbook beside a Node application: node rollbook.mjs launch|push|feed|webhook …
// [client]
const base = `${process.env.ROLLBOOK_URL}/api/v1`;

async function call(method, path, body, headers = {}) {
  const response = await fetch(base + path, {
    method,
    headers: {
      authorization: `Bearer ${process.env.ROLLBOOK_API_KEY}`,
      "content-type": "application/json",
      ...headers,
    },
    body: body && JSON.stringify(body),
  });
  const answer = await response.json();
  if (!response.ok) throw new Error(`${answer.code}: ${answer.detail}`);
  return answer;
}
// [end]

// [launch]
const registration = process.env.ROLLBOOK_REGISTRATION;

/** In the launch handler, once it is checked: `await reportLaunch(request.body.id_token)`. */
const reportLaunch = (idToken) =>
  call("POST", `/registrations/${registration}/launches`, { idToken });
// [end]

// [push]
/** Under the same key a push is done once, however often it is sent. */
const pushScores = (courseId, scores, key = crypto.randomUUID()) =>
  call(
    "POST",
    `/courses/${courseId}/scores`,
    {
      lineItem: { resourceId: "quiz-1", label: "Quiz 1", scoreMaximum: 10 },
      acceptance: "what-is-right",
      scores,
      send: true,
    },
    { "idempotency-key": key },
  );
// [end]

// [feed]
/** `keep` stores the changes and the cursor in one transaction; answers with the last cursor. */
async function readFeed(cursor, keep, wait = 30) {
  for (;;) {
    const after = cursor ? `&after=${cursor}` : "";
    const { items, nextCursor, hasMore } = await call("GET", `/changes?wait=${wait}${after}`);
    await keep(items, nextCursor);
    cursor = nextCursor;
    if (!hasMore && items.length === 0) return cursor;
  }
}
// [end]

// [webhook]
import { Webhook } from "standardwebhooks";

/** The change that was posted, from the raw body; throws where it is not Rollbook's. */
const readWebhook = (rawBody, headers) =>
  new Webhook(process.env.ROLLBOOK_WEBHOOK_SECRET).verify(rawBody, headers);
// [end]

const [, , what, ...given] = process.argv;
if (what === "launch") console.log((await reportLaunch(given[0])).course.id);
if (what === "push")
  console.log((await pushScores(given[0], JSON.parse(given[1]), given[2])).accepted);
if (what === "feed") {
  await readFeed(given[0], (items) => items.forEach((each) => console.log(each.type)), 0);
}
if (what === "webhook") {
  const { rawBody, headers } = JSON.parse(given[0]);
  try {
    console.log(readWebhook(rawBody, headers).type);
  } catch {
    console.log("refused");
  }
}
