import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { audiencesToConfirm } from "#lib/platforms/index.ts";
import { askerFor, type Caller } from "#lib/operations/caller.ts";
import { approveRegistration } from "#lib/operations/registrations/approvals.ts";
import {
  createRegistration,
  getRegistration,
  updateRegistration,
} from "#lib/operations/registrations/registrations.ts";
import { RegistrationInput } from "#lib/operations/registrations/schema.ts";
import { startCaptureHost, type CaptureHost } from "#tests/support/capture-host.ts";
import {
  addCourse,
  register,
  startInstallation,
  type Installation,
} from "#tests/support/installation.ts";
import { callerOf } from "#tests/support/launching.ts";
import { startPlatformInProcess, type PlatformClient } from "#tests/support/platform/index.ts";

let installation: Installation;
let platform: PlatformClient;
let elsewhere: CaptureHost;
let admin: Caller;
let operator: Caller;

beforeAll(async () => {
  [installation, platform, elsewhere] = await Promise.all([
    startInstallation({ isWorker: false }),
    startPlatformInProcess(),
    startCaptureHost(),
  ]);
  const caller = callerOf(installation);
  const of = (name: string, rights: ("registrations:write" | "read" | "admin")[]) => ({
    ...caller,
    actor: {
      kind: "operator" as const,
      id: name,
      name,
      email: `${name}@example.edu`,
      access: { rights, registrationIds: null },
    },
  });
  admin = of("Ada", ["read", "registrations:write", "admin"]);
  operator = of("Otto", ["read", "registrations:write"]);
});
afterAll(async () => {
  await installation.stop();
  await Promise.all([platform.stop(), elsewhere.stop()]);
});
afterEach(() => {
  expect(elsewhere.received).toEqual([]);
});

const ASKED = { code: "operation.confirmation_needed" };
const NOT_PERMITTED = { code: "operation.not_permitted", right: "admin" };

/** A registration that works: it has a course and a token. */
async function used() {
  const registration = await register(installation, platform);
  await addCourse(installation, platform, registration, { members: 1 });
  await installation.engine.refreshToken(registration.id);
  return registration;
}

const liveTokens = (registrationId: string) =>
  installation.db.prisma.accessToken.count({ where: { registrationId, evictedAt: null } });

const inputAt = (host: string, fields: Partial<RegistrationInput> = {}) =>
  RegistrationInput.parse({
    name: "Another",
    issuer: host,
    clientId: crypto.randomUUID(),
    tokenEndpoint: `${host}/token`,
    authorizationEndpoint: `${host}/authorize`,
    jwksUrl: `${host}/jwks`,
    ...fields,
  });

describe("a registration that is in use", () => {
  test.each([
    ["token endpoint", (at: string) => ({ tokenEndpoint: `${at}/token` })],
    [
      "token endpoint, under the real audience",
      (at: string) => ({
        tokenEndpoint: `${at}/token`,
        audience: "custom" as const,
        audienceValues: [platform.tokenEndpoint],
      }),
    ],
    ["audience", () => ({ audience: "issuer" as const })],
    [
      "audience, to somebody else",
      (at: string) => ({ audience: "custom" as const, audienceValues: [`${at}/token`] }),
    ],
  ])("keeps its %s until an admin confirms the move", async (_what, moved) => {
    const { id: registrationId } = await used();
    const change = { registrationId, ...moved(elsewhere.url) };
    await expect(updateRegistration(admin, change)).rejects.toMatchObject(ASKED);
    const confirmed = { ...change, confirmsDestination: true };
    await expect(updateRegistration(askerFor(operator), confirmed)).rejects.toMatchObject(
      NOT_PERMITTED,
    );
    // What is stored is as before: the assertion goes to the platform.
    await installation.engine.refreshToken(registrationId);
    expect(await liveTokens(registrationId)).toBeGreaterThan(0);
    await updateRegistration(admin, confirmed);
    expect(await liveTokens(registrationId)).toBe(0);
    const [entry] = await installation.db.prisma.auditEntry.findMany({
      where: { objectId: registrationId, action: "registration.update" },
    });
    expect(entry).toMatchObject({
      actor: "Ada",
      detail: { confirmed: expect.any(Array) as unknown },
    });
  });

  test("is changed without a word where nothing goes another way", async () => {
    const { id: registrationId } = await used();
    const changed = await updateRegistration(operator, { registrationId, name: "New name" });
    expect(changed.name).toBe("New name");
    expect(await liveTokens(registrationId)).toBeGreaterThan(0);
  });

  test("has its new key set looked at", async () => {
    const { id: registrationId } = await used();
    await updateRegistration(operator, { registrationId, jwksUrl: `${elsewhere.url}/jwks` });
    const { serviceOrigins } = await getRegistration(admin, { registrationId });
    expect(serviceOrigins).toMatchObject([{ origin: elsewhere.url, state: "pending" }]);
  });
});

describe("a new registration", () => {
  test("whose assertion could be used elsewhere is made by an admin who says so", async () => {
    const split = inputAt(elsewhere.url, {
      clientId: "the real client",
      audience: "custom",
      audienceValues: [platform.tokenEndpoint],
    });
    await expect(createRegistration(operator, split)).rejects.toMatchObject(ASKED);
    const asIssuer = { ...split, issuer: platform.url, audience: "issuer" as const };
    await expect(createRegistration(operator, asIssuer)).rejects.toMatchObject(ASKED);
    const confirmed = { ...split, confirmsDestination: true };
    await expect(createRegistration(askerFor(operator), confirmed)).rejects.toMatchObject(
      NOT_PERMITTED,
    );
    expect(await createRegistration(admin, confirmed)).toMatchObject({ audience: "custom" });
  });

  test("does not speak as the client of another one", async () => {
    const { clientId } = await used();
    const twin = inputAt(elsewhere.url, { clientId, tokenEndpoint: platform.tokenEndpoint });
    await expect(createRegistration(operator, twin)).rejects.toMatchObject({
      ...ASKED,
      fields: { clientId: [expect.stringContaining("State University")] },
    });
    const first = { ...twin, clientId: "of its own" };
    const { id: registrationId } = await createRegistration(operator, first);
    await expect(updateRegistration(operator, { registrationId, clientId })).rejects.toMatchObject(
      ASKED,
    );
  });

  test("has the origins of its own addresses, and may be corrected before it is used", async () => {
    const made = await createRegistration(
      operator,
      inputAt("https://sso.example.edu", { jwksUrl: "https://keys.example.edu/jwks" }),
    );
    expect(made.serviceOrigins).toMatchObject([
      {
        origin: "https://keys.example.edu",
        state: "approved",
        source: "registration",
        decidedBy: "Otto",
      },
    ]);
    const tokenEndpoint = "https://login.example.edu/token";
    const { id: registrationId } = made;
    expect(await updateRegistration(operator, { registrationId, tokenEndpoint })).toMatchObject({
      tokenEndpoint,
    });
  });

  test("that an LMS made is approved by an admin who says so, where it names another audience", async () => {
    const { id: registrationId } = await register(installation, platform);
    await installation.db.prisma.registration.update({
      where: { id: registrationId },
      data: { state: "pending", audience: "custom", audienceValues: [`${elsewhere.url}/token`] },
    });
    await expect(approveRegistration(admin, { registrationId })).rejects.toMatchObject(ASKED);
    const confirmed = { registrationId, confirmsDestination: "yes" as const };
    await expect(approveRegistration(askerFor(operator), confirmed)).rejects.toMatchObject(
      NOT_PERMITTED,
    );
    expect((await approveRegistration(admin, confirmed)).state).toBe("active");
  });
});

describe("trying other audiences", () => {
  test("sends nothing that could be used at an issuer elsewhere", async () => {
    const made = await createRegistration(operator, {
      ...inputAt(elsewhere.url),
      issuer: platform.tokenEndpoint,
    });
    expect(await installation.engine.probeAudience(made.id)).toEqual([]);
  });
});

describe("whom an assertion may be addressed to without a question", () => {
  const choice = (tokenEndpoint: string, audience: string, issuer = "https://lms.example.edu") =>
    audiencesToConfirm({ audience: "custom", audienceValues: [audience], issuer, tokenEndpoint });

  test.each([
    ["https://lms.example.edu/token", "https://lms.example.edu", undefined],
    [
      "https://auth.brightspace.com/core/connect/token",
      "https://api.brightspace.com/auth/token",
      undefined,
    ],
    [
      "https://sso.canvaslms.com/login/oauth2/token",
      "https://canvas.instructure.com/login/oauth2/token",
      "https://canvas.instructure.com",
    ],
    [
      "https://sso.canvaslms.com/login/oauth2/token",
      "sso.canvaslms.com",
      "https://canvas.instructure.com",
    ],
  ])("%s: %s", (tokenEndpoint, audience, issuer) => {
    expect(choice(tokenEndpoint, audience, issuer)).toEqual([]);
  });

  test.each([
    ["https://evil.example/token", "https://api.brightspace.com/auth/token", undefined],
    [
      "https://evil.example/token",
      "https://sso.canvaslms.com/login/oauth2/token",
      "https://canvas.instructure.com",
    ],
    ["https://evil.example/token", "urn:lms", undefined],
    ["https://auth.brightspace.com/core/connect/token", "https://lms.example.edu", undefined],
  ])("%s: not %s", (tokenEndpoint, audience, issuer) => {
    expect(choice(tokenEndpoint, audience, issuer)).toEqual([audience]);
  });
});
