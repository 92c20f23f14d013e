import { afterAll, beforeAll, expect, test } from "vitest";
import type { Page } from "#lib/operations/fields.ts";
import type { ImportResult } from "#lib/operations/registrations/import/schema.ts";
import type { RegistrationView } from "#lib/operations/registrations/schema.ts";
import { startApi, type Api, type Refusal } from "#tests/support/api.ts";

let api: Api;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.stop());

const LMS = "https://lms.example.edu";
const PYLTI = {
  [LMS]: [
    {
      default: true,
      client_id: "py-1",
      auth_login_url: `${LMS}/auth`,
      auth_token_url: `${LMS}/token`,
      auth_audience: null,
      key_set_url: `${LMS}/jwks`,
      private_key_file: "private.key",
      deployment_ids: ["1", "2"],
    },
    { client_id: "py-2", auth_login_url: `${LMS}/auth`, key_set_url: `${LMS}/jwks` },
  ],
  "https://other.example.edu": {
    client_id: "py-3",
    auth_login_url: "https://other.example.edu/auth",
    auth_token_url: "https://other.example.edu/token",
    auth_audience: "https://other.example.edu/audience",
    key_set_url: "https://other.example.edu/jwks",
    deployment_ids: [],
  },
};
const LTIJS = [
  {
    platformUrl: "https://moodle.example.edu",
    platformName: "Moodle",
    clientId: "js-1",
    authEndpoint: "https://moodle.example.edu/auth",
    accesstokenEndpoint: "https://moodle.example.edu/token",
    kid: "abc",
    authConfig: { method: "JWK_SET", key: "https://moodle.example.edu/jwks" },
  },
  {
    url: "https://canvas.example.edu",
    name: "Canvas",
    clientId: "js-2",
    authenticationEndpoint: "https://canvas.example.edu/auth",
    accesstokenEndpoint: "https://canvas.example.edu/token",
    authConfig: { method: "RSA_KEY", key: "-----BEGIN PUBLIC KEY-----" },
  },
];
const CSV = `\uFEFFName,Issuer,Client ID,Token endpoint,Authorization endpoint,JWKS URL,Deployment IDs
"State, University",https://csv.example.edu,csv-1,https://csv.example.edu/t,https://csv.example.edu/a,https://csv.example.edu/j,1;2
Again,https://csv.example.edu,csv-1,https://csv.example.edu/t,https://csv.example.edu/a,https://csv.example.edu/j,
Broken,https://csv.example.edu,csv-2,nowhere,https://csv.example.edu/a,https://csv.example.edu/j,
`;

const ask = (text: string, preview = "") =>
  api.ask<ImportResult & Refusal>("POST", `/registration-imports${preview}`, { json: { text } });
const become = ({ rows }: ImportResult) =>
  rows.map(({ clientId, becomes }) => `${clientId} ${becomes}`);
async function registrationOf(clientId: string) {
  const path = `/registrations?clientId=${clientId}`;
  return (await api.ask<Page<RegistrationView>>("GET", path)).body.items[0];
}

test("PyLTI1p3's configuration: what is whole is added, and added once", async () => {
  const text = JSON.stringify(PYLTI);
  const preview = await ask(text, "/preview");
  expect(preview.body).toMatchObject({ format: "pylti1p3", added: 2, refused: 1 });
  expect(await registrationOf("py-1")).toBeUndefined();
  const { body } = await ask(text);
  expect(become(body)).toEqual(["py-1 added", "py-2 refused", "py-3 added"]);
  expect(body.rows[1]?.reasons).toEqual([expect.stringContaining("token endpoint")]);
  const [first] = body.rows;
  const { body: made } = await api.ask<RegistrationView>(
    "GET",
    `/registrations/${first?.registrationId}`,
  );
  expect(made).toMatchObject({ name: "lms.example.edu", tokenEndpoint: `${LMS}/token` });
  expect(made.deployments.map(({ deploymentId }) => deploymentId).sort()).toEqual(["1", "2"]);
  expect(await registrationOf("py-3")).toMatchObject({
    audience: "custom",
    audienceValues: ["https://other.example.edu/audience"],
  });
  expect(become((await ask(text)).body)).toEqual(["py-1 known", "py-2 refused", "py-3 known"]);
});

test("one that is known with other values is told apart, and not changed", async () => {
  const csv = (rest: string) =>
    `name,issuer,client_id,token_endpoint,authorization_endpoint,jwks_url,audience,deployment_ids\nState,https://kept.example.edu,kept-1,${rest}\n`;
  const at = "https://kept.example.edu";
  await ask(csv(`${at}/t,${at}/a,${at}/j,,1;2`));
  expect((await ask(csv(`${at}/t,${at}/a,${at}/j,,2`), "/preview")).body).toMatchObject({
    known: 1,
    differs: 0,
    rows: [{ becomes: "known", differences: [], advice: null }],
  });
  const { body } = await ask(csv(`${at}/other,${at}/a,${at}/j,${at}/audience,2;3`));
  expect(body).toMatchObject({ added: 0, known: 0, differs: 1 });
  expect(body.rows[0]).toMatchObject({
    becomes: "differs",
    differences: [
      { field: "tokenEndpoint", here: `${at}/t`, file: `${at}/other` },
      { field: "audience", here: "token_endpoint", file: `${at}/audience` },
      { field: "deploymentIds", here: "1 2", file: "3" },
    ],
    advice: expect.stringContaining("Nothing is changed"),
  });
  expect(await registrationOf("kept-1")).toMatchObject({
    id: body.rows[0]?.registrationId,
    tokenEndpoint: `${at}/t`,
  });
});

test("platforms of ltijs, as a list or one a line; one that holds a key itself is refused", async () => {
  const lines = LTIJS.map((each) => JSON.stringify(each)).join("\n");
  const preview = await ask(lines, "/preview");
  expect(preview.body).toMatchObject({ format: "ltijs", added: 1, refused: 1 });
  const { body } = await ask(JSON.stringify(LTIJS));
  expect(become(body)).toEqual(["js-1 added", "js-2 refused"]);
  expect(body.rows[1]?.reasons).toEqual([expect.stringContaining("JWKS URL")]);
  expect(body.rows[1]?.advice).toContain("copy of the LMS's key");
  expect(await registrationOf("js-1")).toMatchObject({
    name: "Moodle",
    authorizationEndpoint: "https://moodle.example.edu/auth",
    jwksUrl: "https://moodle.example.edu/jwks",
  });
});

test("a CSV by the names of its columns; each row says where it stands", async () => {
  const { body } = await ask(CSV);
  expect(become(body)).toEqual(["csv-1 added", "csv-1 refused", "csv-2 refused"]);
  expect(body.rows.map(({ place }) => place)).toEqual(["line 2", "line 3", "line 4"]);
  expect(body.rows[0]).toMatchObject({ name: "State, University", deploymentIds: ["1", "2"] });
  expect(body.rows[1]).toMatchObject({ advice: expect.stringContaining("Leave one") });
  expect(body.rows[1]?.reasons[0]).toContain("before");
  expect(body.rows[2]?.advice).toContain("Fill in what is named");
});

test.each(["{", "[]", "{}", "name,colour\na,b", '"', "[[[[", "null", "1"])(
  "%j is no file of registrations",
  async (text) => {
    const { status, body } = await ask(text);
    expect(status).toBe(422);
    expect(Object.keys(body.fields)).toEqual(["text"]);
  },
);
