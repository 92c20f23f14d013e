import { createPrivateKey, sign } from "node:crypto";
import { exportJWK, generateKeyPair } from "jose";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { LaunchRefused } from "#lib/lti/index.ts";
import { beginLogin, completeLaunch } from "#lib/operations/launches/index.ts";
import { startInstallation, type Installation } from "#tests/support/installation.ts";
import {
  claim,
  ISSUER,
  loginParameters,
  platformKey,
  startLaunchStage,
  type LaunchStage,
  type StartedLogin,
  type TokenChanges,
} from "#tests/support/launching.ts";
import { startPlatform, type PlatformClient } from "#tests/support/platform/index.ts";

let platform: PlatformClient;
let installation: Installation;
let stage: LaunchStage;
const otherKey = await generateKeyPair("RS256");
const otherJwk = await exportJWK(otherKey.publicKey);

beforeAll(async () => {
  [platform, installation] = await Promise.all([
    startPlatform(),
    startInstallation({ isWorker: false }),
  ]);
});
beforeEach(async () => {
  await installation.db.prisma.registration.deleteMany();
  stage = await startLaunchStage(installation, platform);
});
afterAll(async () => {
  await installation.stop();
  await platform.stop();
});

const NRPS = "https://purl.imsglobal.org/spec/lti-nrps/claim/namesroleservice";
const AGS = "https://purl.imsglobal.org/spec/lti-ags/claim/endpoint";
const SETTINGS = "https://purl.imsglobal.org/spec/lti-dl/claim/deep_linking_settings";
const seconds = (offset: number) => Math.floor(Date.now() / 1000) + offset;
const only = (claims: Record<string, unknown>): TokenChanges => ({ claims });
const withOtherKey = (header: object): TokenChanges => ({
  header: { ...header },
  key: otherKey.privateKey,
});
const deepLinking = (settings: unknown) =>
  only({ [claim("message_type")]: "LtiDeepLinkingRequest", [SETTINGS]: settings });

/** What is wrong with the token, and the check that must say so. */
const BAD_TOKENS: [string, string, () => TokenChanges][] = [
  ["another issuer", "issuer", () => only({ iss: "https://evil.example.edu" })],
  ["an issuer with a slash too many", "issuer", () => only({ iss: `${ISSUER}/` })],
  ["no issuer", "issuer", () => only({ iss: undefined })],
  ["another audience", "audience", () => only({ aud: "another-client" })],
  ["no audience", "audience", () => only({ aud: undefined })],
  ["an empty list of audiences", "audience", () => only({ aud: [] })],
  ["a list of other audiences", "audience", () => only({ aud: ["a", "b"] })],
  ["an audience that is a number", "audience", () => only({ aud: 7 })],
  [
    "several audiences and no azp",
    "azp",
    () => only({ aud: [stage.registration.clientId, "other"] }),
  ],
  [
    "several audiences and another azp",
    "azp",
    () => only({ aud: [stage.registration.clientId, "other"], azp: "other" }),
  ],
  ["one audience and another azp", "azp", () => only({ azp: "other" })],
  ["an azp that is a number", "azp", () => only({ azp: 7 })],
  ["expiry a minute ago", "exp", () => only({ exp: seconds(-61) })],
  ["no expiry", "exp", () => only({ exp: undefined })],
  ["an expiry that is text", "exp", () => only({ exp: "tomorrow" })],
  ["issue in a minute from now", "iat", () => only({ iat: seconds(90) })],
  ["issue two hours ago", "iat", () => only({ iat: seconds(-7200) })],
  ["no time of issue", "iat", () => only({ iat: undefined })],
  ["a start in two minutes", "nbf", () => only({ nbf: seconds(120) })],
  ["no nonce", "nonce", () => only({ nonce: undefined })],
  ["a nonce of its own", "nonce", () => only({ nonce: "made-up" })],
  ["a nonce that is a number", "nonce", () => only({ nonce: 7 })],
  ["no key ID", "kid", () => ({ header: { kid: undefined } })],
  ["an unknown key ID", "kid", () => ({ header: { kid: "nobody-knows" } })],
  ["the signature of another key", "signature", () => ({ key: otherKey.privateKey })],
  [
    "a symmetric signature",
    "alg",
    () => ({ header: { alg: "HS256" }, key: new TextEncoder().encode("x".repeat(32)) }),
  ],
  [
    "our key set’s public key as a shared secret",
    "alg",
    () => ({
      header: { alg: "HS256" },
      key: new TextEncoder().encode(JSON.stringify(platformKey.publicJwk)),
    }),
  ],
  ...[
    "../../../etc/passwd",
    "' OR 1=1 --",
    "__proto__",
    "constructor",
    "a\u0000b",
    "https://evil.example.edu/key",
    "k".repeat(10_000),
  ].map((kid): [string, string, () => TokenChanges] => [
    `the key ID ${JSON.stringify(kid.slice(0, 30))}`,
    "kid",
    () => ({ header: { kid } }),
  ]),
  ["a key ID that is a number", "kid", () => ({ header: { kid: 7 } })],
  [
    "another key, named in its own header by jwk",
    "signature",
    () => withOtherKey({ jwk: otherJwk }),
  ],
  [
    "another key, named in its own header by jku",
    "signature",
    () => withOtherKey({ jku: "https://evil.example.edu/jwks" }),
  ],
  [
    "another key, named in its own header by x5u",
    "signature",
    () => withOtherKey({ x5u: "https://evil.example.edu/cert" }),
  ],
  ["no message type", "message_type", () => only({ [claim("message_type")]: undefined })],
  [
    "a message type that is not served",
    "message_type",
    () => only({ [claim("message_type")]: "LtiSubmissionReviewRequest" }),
  ],
  ["no version", "version", () => only({ [claim("version")]: undefined })],
  ["version 1.1", "version", () => only({ [claim("version")]: "LTI-1p0" })],
  ["no deployment ID", "deployment_id", () => only({ [claim("deployment_id")]: undefined })],
  ["an empty deployment ID", "deployment_id", () => only({ [claim("deployment_id")]: " " })],
  [
    "an endless deployment ID",
    "deployment_id",
    () => only({ [claim("deployment_id")]: "d".repeat(256) }),
  ],
  [
    "a deployment ID that is a number",
    "deployment_id",
    () => only({ [claim("deployment_id")]: 1 }),
  ],
  ["no target link URI", "target_link_uri", () => only({ [claim("target_link_uri")]: undefined })],
  [
    "another target link URI than the login's",
    "target_link_uri",
    () => only({ [claim("target_link_uri")]: "https://evil.example.edu/" }),
  ],
  ["no resource link", "resource_link", () => only({ [claim("resource_link")]: undefined })],
  ["a resource link without an ID", "resource_link", () => only({ [claim("resource_link")]: {} })],
  [
    "an endless resource link ID",
    "resource_link",
    () => only({ [claim("resource_link")]: { id: "r".repeat(256) } }),
  ],
  ["an empty user ID", "sub", () => only({ sub: "" })],
  ["an endless user ID", "sub", () => only({ sub: "u".repeat(256) })],
  ["a user ID that is a number", "sub", () => only({ sub: 7 })],
  ["no roles", "roles", () => only({ [claim("roles")]: undefined })],
  ["roles that are text", "roles", () => only({ [claim("roles")]: "Instructor" })],
  ["roles that are numbers", "roles", () => only({ [claim("roles")]: [1] })],
  ["a thousand roles", "roles", () => only({ [claim("roles")]: Array(1000).fill("Learner") })],
  ["a context without an ID", "context", () => only({ [claim("context")]: { title: "Biology" } })],
  ["a context that is text", "context", () => only({ [claim("context")]: "course-1" })],
  ["a NUL in the context's ID", "context", () => only({ [claim("context")]: { id: "a\u0000b" } })],
  [
    "a roster address that is none",
    "memberships_claim",
    () => only({ [NRPS]: { context_memberships_url: "javascript:alert(1)" } }),
  ],
  [
    "a line items address that is none",
    "grades_claim",
    () => only({ [AGS]: { lineitems: "file:///" } }),
  ],
  ["deep linking without settings", "deep_linking_settings", () => deepLinking(undefined)],
  [
    "deep linking that leads nowhere",
    "deep_linking_settings",
    () => deepLinking({ deep_link_return_url: "javascript:0", accept_types: ["ltiResourceLink"] }),
  ],
  [
    "deep linking that accepts nothing it names",
    "deep_linking_settings",
    () => deepLinking({ deep_link_return_url: `${ISSUER}/return` }),
  ],
];

test("there are no fewer than were tried from outside", () => {
  expect(BAD_TOKENS.length + BAD_FORMS.length).toBeGreaterThanOrEqual(80);
});

describe("a launch whose token has", () => {
  test.each(BAD_TOKENS)("%s is refused by the check “%s”", async (_name, check, changes) => {
    const login = await stage.login();
    const before = await rowCounts();
    await expectRefused(check, async () =>
      stage.launch(login, await stage.token(login, changes())),
    );
    expect(await rowCounts()).toEqual(before);
  });
});

/** What the browser brings back, instead of a good state and a good token. */
type BadForm = [string, string, (login: StartedLogin, token: string) => Record<string, string>];
const BAD_FORMS: BadForm[] = [
  ["no state", "state_missing", (_login, token) => ({ id_token: token })],
  ["an unknown state", "state_unknown", (_login, token) => ({ state: "made-up", id_token: token })],
  [
    "an endless state",
    "state_unknown",
    (_login, token) => ({ state: "s".repeat(999), id_token: token }),
  ],
  ["no token", "id_token_missing", ({ state }) => ({ state })],
  ["an empty token", "id_token_missing", ({ state }) => ({ state, id_token: "" })],
  ["a token that is no JWT", "id_token_malformed", ({ state }) => ({ state, id_token: "abc" })],
  ["an oversized token", "id_token_size", ({ state }) => ({ state, id_token: "e".repeat(70_000) })],
  [
    "an unsigned token",
    "alg",
    ({ state }, token) => ({
      state,
      id_token: `${encode({ alg: "none" })}.${token.split(".")[1]}.`,
    }),
  ],
  ...["None", "NONE", "RS384", "RS512", "PS256", "ES256", "EdDSA", "HS384", ""].map(
    (alg): BadForm => [
      `a token signed as ${alg || "nothing"}`,
      "alg",
      ({ state }, token) => ({ state, id_token: resigned(token, { alg }) }),
    ],
  ),
  [
    "a token with an extension that must be understood",
    "id_token_malformed",
    ({ state }, token) => ({
      state,
      id_token: resigned(token, { alg: "RS256", crit: ["made-up"], "made-up": 1 }),
    }),
  ],
  [
    "a signature that was cut",
    "signature",
    ({ state }, token) => ({ state, id_token: token.slice(0, -20) }),
  ],
  [
    "claims that were changed",
    "signature",
    ({ state }, token) => {
      const [header, , signature] = token.split(".");
      return { state, id_token: [header, encode({ iss: ISSUER }), signature].join(".") };
    },
  ],
  [
    "the platform's refusal",
    "platform_error",
    ({ state }) => ({ state, error: "login_required", error_description: "Sign in first" }),
  ],
];

describe("a launch that brings", () => {
  test.each(BAD_FORMS)("%s is refused by the check “%s”", async (_name, check, formOf) => {
    const login = await stage.login();
    const form = new URLSearchParams(formOf(login, await stage.token(login)));
    const before = await rowCounts();
    const keptState = form.get("state") ?? undefined;
    await expectRefused(check, () => completeLaunch(stage.caller, { form, keptState }));
    expect(await rowCounts()).toEqual(before);
  });

  test("the state of another browser is refused, and the state stays good", async () => {
    const login = await stage.login();
    const idToken = await stage.token(login);
    const form = new URLSearchParams({ state: login.state, id_token: idToken });
    for (const keptState of [undefined, "", "another"]) {
      await expectRefused("state_browser", () => completeLaunch(stage.caller, { form, keptState }));
    }
    expect(await stage.launch(login, idToken)).toMatchObject({ kind: "course" });
  });

  test("the same state and token again is refused", async () => {
    const login = await stage.login();
    const idToken = await stage.token(login);
    await stage.launch(login, idToken);
    const before = await rowCounts();
    await expectRefused("state_used", () => stage.launch(login, idToken));
    expect(await rowCounts()).toEqual(before);
  });

  test("the token of an earlier launch under a new state is refused", async () => {
    const first = await stage.login();
    const idToken = await stage.token(first);
    await stage.launch(first, idToken);
    const second = await stage.login();
    await expectRefused("nonce", () => stage.launch(second, idToken));
  });

  test("one of two that race with the same state passes", async () => {
    const login = await stage.login();
    const idToken = await stage.token(login);
    const both = await Promise.allSettled([
      stage.launch(login, idToken),
      stage.launch(login, idToken),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  });

  test("a login that is over is refused", async () => {
    const login = await stage.login();
    stage.now.at = new Date(Date.now() + 11 * 60_000);
    const idToken = await stage.token(login);
    await expectRefused("state_expired", () => stage.launch(login, idToken));
  });

  test("a state is used up by a launch that did not pass", async () => {
    const login = await stage.login();
    const bad = await stage.token(login, only({ aud: "another" }));
    await expectRefused("audience", () => stage.launch(login, bad));
    const good = await stage.token(login);
    await expectRefused("state_used", () => stage.launch(login, good));
  });
});

describe("a launch from", () => {
  test.each(["pending", "declined"] as const)(
    "a registration that is %s is refused",
    async (state) => {
      const login = await stage.login();
      await setRegistration({ state });
      const idToken = await stage.token(login);
      await expectRefused("registration_state", () => stage.launch(login, idToken));
    },
  );

  test("a deployment that was declined is refused", async () => {
    await installation.db.prisma.deployment.updateMany({ data: { state: "declined" } });
    const login = await stage.login();
    const before = await rowCounts();
    const idToken = await stage.token(login);
    await expectRefused("deployment_declined", () => stage.launch(login, idToken));
    expect(await rowCounts()).toEqual(before);
  });

  test("an unknown deployment waits for approval and makes no course", async () => {
    const login = await stage.login();
    const idToken = await stage.token(login, only({ [claim("deployment_id")]: "new" }));
    expect(await stage.launch(login, idToken)).toMatchObject({ kind: "deployment_pending" });
    const { course, deployment } = installation.db.prisma;
    expect(await course.count()).toBe(0);
    const found = await deployment.findFirst({ where: { deploymentId: "new" } });
    expect(found).toMatchObject({ state: "pending" });
  });
});

/** What is wrong with the login, and the check that must say so. */
const BAD_LOGINS: [string, string, Record<string, string | null>][] = [
  ["no issuer", "iss", { iss: null }],
  ["no login hint", "login_hint", { login_hint: null }],
  ["an empty login hint", "login_hint", { login_hint: "" }],
  ["no target link URI", "login_target_link_uri", { target_link_uri: null }],
  ["a target that is no address", "login_target_link_uri", { target_link_uri: "javascript:0" }],
  ["a target elsewhere", "login_target_link_uri", { target_link_uri: "https://evil.example.edu/" }],
  ["an unknown issuer", "registration", { iss: "https://unknown.example.edu", client_id: null }],
  ["an issuer with a slash too many", "registration", { iss: `${ISSUER}/` }],
  ["an unknown client ID", "registration", { client_id: "unknown" }],
  ["a NUL in the issuer", "registration", { iss: `${ISSUER}\u0000` }],
  ["a NUL in the client ID", "registration", { client_id: "1\u0000" }],
  ["an endless hint", "request_size", { lti_message_hint: "h".repeat(9000) }],
];

describe("a login with", () => {
  test.each(BAD_LOGINS)("%s is refused by the check “%s”", async (_name, check, changes) => {
    const parameters = loginParameters(stage.registration, changes);
    await expectRefused(check, () => beginLogin(stage.caller, parameters));
    expect(await installation.db.prisma.launch.count()).toBe(0);
  });

  test("a parameter twice is refused", async () => {
    const parameters = loginParameters(stage.registration);
    parameters.append("iss", "https://evil.example.edu");
    await expectRefused("iss", () => beginLogin(stage.caller, parameters));
  });

  test("no client ID is refused where two registrations share the issuer", async () => {
    await startLaunchStage(installation, platform);
    const parameters = loginParameters(stage.registration, { client_id: null });
    await expectRefused("client_id", () => beginLogin(stage.caller, parameters));
  });

  test("the client ID of a pending registration is refused", async () => {
    await setRegistration({ state: "pending" });
    const parameters = loginParameters(stage.registration);
    await expectRefused("registration_state", () => beginLogin(stage.caller, parameters));
  });
});

async function expectRefused(check: string, act: () => Promise<unknown>): Promise<void> {
  const refusal = await act().then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(refusal).toBeInstanceOf(LaunchRefused);
  expect(refusal).toMatchObject({ code: "lti.launch_refused", check });
  expect((refusal as LaunchRefused).spec).toMatch(/§/);
}

async function rowCounts(): Promise<number[]> {
  const { prisma } = installation.db;
  return Promise.all([
    prisma.deployment.count(),
    prisma.course.count(),
    prisma.lineItem.count(),
    prisma.courseChange.count(),
    prisma.launchSession.count(),
    prisma.auditEntry.count(),
  ]);
}

function setRegistration(data: { state: "pending" | "declined" }) {
  return installation.db.prisma.registration.update({
    where: { id: stage.registration.id },
    data,
  });
}

/** The same claims under another header, signed by the platform's own key. */
function resigned(token: string, header: object): string {
  const kept = { kid: platformKey.kid, ...header };
  const text = `${encode(kept)}.${token.split(".")[1]}`;
  const key = createPrivateKey({ key: { ...platformKey.privateJwk }, format: "jwk" });
  return `${text}.${sign("sha256", Buffer.from(text), key).toString("base64url")}`;
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}
