import { readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { answerApi } from "../../../../app/_server/rest/answer.ts";
import {
  type components,
  createRollbookClient,
  type paths,
  type RollbookClient,
} from "#lib/client/index.ts";
import { API_KEY, API_URL, startApi, type Api } from "#tests/support/api.ts";
import { courseInput, registrationInput } from "../inputs.ts";
import { CLIENT_TYPES, clientTypes } from "./written.ts";

let api: Api;
let client: RollbookClient;
beforeAll(async () => {
  api = await startApi();
  client = createRollbookClient({ url: `${API_URL}/`, apiKey: API_KEY, fetch: answerApi });
});
afterAll(() => api.stop());

test("the client's types are those of the document: npm run client", async () => {
  expect(readFileSync(CLIENT_TYPES, "utf8")).toBe(await clientTypes());
});

test("a tool goes from its registration to a pushed score by the typed client", async () => {
  const registration = await client.POST("/registrations", { body: registrationInput() });
  expect(registration.response.status).toBe(201);
  const registrationId = registration.data!.id;
  const course = await client.POST("/courses", { body: courseInput(registrationId) });
  const { id: courseId, lineItemsUrl } = course.data!;
  const column = await client.POST("/courses/{courseId}/line-items", {
    params: { path: { courseId } },
    body: { url: `${lineItemsUrl}/1`, label: "Quiz 1", scoreMaximum: 10, resourceId: "quiz-1" },
  });
  const pushed = await client.POST("/courses/{courseId}/scores", {
    params: { path: { courseId }, header: { "Idempotency-Key": crypto.randomUUID() } },
    body: {
      lineItem: { resourceId: "quiz-1" },
      acceptance: "what-is-right",
      scores: [{ userId: "u-1", scoreGiven: 7 }],
    },
  });
  expect(pushed.data).toMatchObject({ lineItemId: column.data!.id, accepted: 1, refused: 0 });
  const path = { courseId };
  const scores = await client.GET("/courses/{courseId}/scores", {
    params: { path, query: { userId: "u-1", limit: 10 } },
  });
  expect(scores.data!.items.map(({ scoreGiven }) => scoreGiven)).toEqual([7]);
  const changes = await client.GET("/changes", { params: { query: { courseId } } });
  expect(changes.data!.items.map(({ type }) => type)).toContain("course.discovered");
});

test("what goes wrong comes as a typed problem", async () => {
  const { data, error, response } = await client.GET("/courses/{courseId}", {
    params: { path: { courseId: crypto.randomUUID() } },
  });
  expect([response.status, data, error?.code]).toEqual([404, undefined, "operation.not_found"]);
});

test("what the document does not have the compiler refuses", () => {
  const pathIsUnknown: "/corses" extends keyof paths ? false : true = true;
  type Given = NonNullable<components["schemas"]["ScoreInput"]["scoreGiven"]>;
  const scoreIsNumber: Given extends number ? true : false = true;
  expect([pathIsUnknown, scoreIsNumber]).toEqual([true, true]);
});
