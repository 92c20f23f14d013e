import { Webhook } from "standardwebhooks";

// [rollbook]
async function call(method, path, body, headers = {}) {
  const response = await fetch(`${process.env.ROLLBOOK_URL}/api/v1${path}`, {
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

/** The one line of a launch. */
export const reportLaunch = (idToken) =>
  call("POST", `/registrations/${process.env.ROLLBOOK_REGISTRATION}/launches`, { idToken });

/** The column is found by its resource ID; its label and maximum are for one that is not there. */
export const pushScores = (courseId, lineItem, scores) =>
  call(
    "POST",
    `/courses/${courseId}/scores`,
    { lineItem, acceptance: "what-is-right", scores, send: true },
    { "idempotency-key": crypto.randomUUID() },
  );

/** The change that was posted, from the raw body; throws where it is not Rollbook's. */
export const readWebhook = (rawBody, headers) =>
  new Webhook(process.env.ROLLBOOK_WEBHOOK_SECRET).verify(rawBody, headers);
// [end]

/** Rollbook's public keys, which the LMS finds in the tool's key set too. */
export async function rollbookKeys() {
  const response = await fetch(`${process.env.ROLLBOOK_URL}/lti/jwks`);
  return (await response.json()).keys;
}

/** The course that Rollbook has for what ltijs calls a context. */
export async function courseOf(context) {
  const query = new URLSearchParams({ contextId: context.id });
  return (await call("GET", `/courses?${query}`)).items[0];
}
