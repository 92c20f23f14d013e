import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import {
  approveRegistration,
  declineRegistration,
} from "#lib/operations/registrations/approvals.ts";
import { createCourse } from "#lib/operations/courses/courses.ts";
import {
  offerRegistration,
  registerWithPlatform,
} from "#lib/operations/invitations/dynamic-registration.ts";
import {
  createInvitation,
  getInvitation,
  revokeInvitation,
} from "#lib/operations/invitations/invitations.ts";
import { getRegistration, listRegistrations } from "#lib/operations/registrations/registrations.ts";
import { startRun } from "#lib/operations/runs/runs.ts";
import type { Caller } from "#lib/operations/caller.ts";
import { startInstallation, type Installation } from "#tests/support/installation.ts";
import { callerOf, PUBLIC_URL } from "#tests/support/launching.ts";
import { launchThrough } from "#tests/support/launch-through.ts";
import {
  SCOPE,
  startPlatformInProcess,
  type PlatformClient,
  type PlatformOptions,
} from "#tests/support/platform/index.ts";

let installation: Installation;
let caller: Caller;
let platform: PlatformClient;

beforeAll(async () => {
  installation = await startInstallation({ isWorker: false });
  caller = callerOf(installation);
});
beforeEach(async () => {
  platform = await startPlatformInProcess();
});
afterEach(() => platform.stop());
afterAll(() => installation.stop());

/** An LMS's administrator who pastes an invitation's link. */
async function invited(on: PlatformClient = platform) {
  const invitation = await createInvitation(caller, { name: "College", profile: "other", days: 7 });
  return { invitation, ask: await followed(invitation.url, on) };
}

async function followed(invitationUrl: string, on: PlatformClient, updates?: string) {
  const link = { registrationUrl: invitationUrl, ...(updates && { updates }) };
  const { url } = await on.registrationLink(link);
  const { pathname, searchParams } = new URL(url);
  return {
    token: pathname.split("/").at(-1) ?? "",
    configurationUrl: searchParams.get("openid_configuration") ?? "",
    registrationToken: searchParams.get("registration_token") ?? undefined,
  };
}

async function registered(on: PlatformClient = platform) {
  const { invitation, ask } = await invited(on);
  const done = await registerWithPlatform(caller, ask);
  const { registrationId } = await getInvitation(caller, { invitationId: invitation.id });
  const registration = await getRegistration(caller, { registrationId: registrationId ?? "" });
  return { invitation, ask, done, registration };
}

describe("a dynamic registration", () => {
  test("is pending with the granted scopes and the platform's facts", async () => {
    const { registration, done } = await registered();
    expect(registration).toMatchObject({
      name: "College",
      state: "pending",
      issuer: platform.issuer,
      tokenEndpoint: platform.tokenEndpoint,
      platformFacts: { family: "simulator", messageTypes: expect.arrayContaining([]) },
      deployments: [{ deploymentId: "1", state: "pending" }],
    });
    expect(registration.registeredScopes).toContain(SCOPE.score);
    expect(registration.platformFacts?.noticeTypes).toContain("LtiContextCopyNotice");
    expect(done.origins).toEqual([new URL(platform.url).origin]);
    expect((await listRegistrations(caller, { q: registration.clientId })).total).toBe(0);
    const pending = await listRegistrations(caller, { state: "pending", q: platform.issuer });
    expect(pending.items.map(({ id }) => id)).toEqual([registration.id]);
  });

  test("shows what it will ask for before it asks", async () => {
    const { ask, invitation } = await invited();
    expect(await offerRegistration(caller, ask)).toMatchObject({
      invitationName: "College",
      issuer: platform.issuer,
      missingScopes: [],
    });
    expect((await getInvitation(caller, { invitationId: invitation.id })).state).toBe("opened");
    expect(await platform.registrations()).toEqual([]);
  });

  test("launches and syncs nothing until it is approved", async () => {
    const { registration } = await registered();
    const registrationId = registration.id;
    const stored = await installation.db.prisma.registration.findUniqueOrThrow({
      where: { id: registrationId },
    });
    const { contextId } = await platform.addCourse({ title: "Biology", members: 3 });
    const stage = { caller, platform, registration: stored };
    await expect(launchThrough(stage, { contextId })).rejects.toMatchObject({
      check: "registration_state",
    });
    const course = await createCourse(caller, {
      registrationId,
      deploymentId: "1",
      contextId: "by-hand",
      title: "By hand",
      label: "",
      membershipsUrl: `${platform.url}/courses/x/memberships`,
      lineItemsUrl: null,
      lineItemUrl: null,
      groupsUrl: null,
      groupSetsUrl: null,
      scopes: [],
    });
    const sync = { kind: "roster_sync" as const, courseId: course.id };
    await expect(startRun(caller, sync)).rejects.toMatchObject({ code: "operation.conflict" });

    await approveRegistration(caller, { registrationId });
    expect((await launchThrough(stage, { contextId })).kind).toBe("course");
    expect((await startRun(caller, sync)).run.state).toBe("queued");
  });
});

describe("registering again", () => {
  /** The LMS's administrator chooses to update the tool that is there. */
  async function updated(clientId: string) {
    const given = { name: "Second link", profile: "other" as const, days: 7 };
    const { id, url } = await createInvitation(caller, given);
    const done = await registerWithPlatform(caller, await followed(url, platform, clientId));
    return { done, invitation: await getInvitation(caller, { invitationId: id }) };
  }

  test("as an update refreshes the registration: addresses, services and deployment", async () => {
    await platform.misbehave({ kind: "withhold_scopes", scopes: [SCOPE.score], times: 1 });
    const { registration } = await registered();
    const registrationId = registration.id;
    await approveRegistration(caller, { registrationId });
    expect(registration.registeredScopes).not.toContain(SCOPE.score);
    const moved = `${platform.url}/moved/token`;
    await platform.misbehave({ kind: "configuration_fields", set: { token_endpoint: moved } });

    const { done, invitation } = await updated(registration.clientId);

    expect(done).toMatchObject({ name: "College", isRefreshed: true, isPending: false });
    expect(invitation).toMatchObject({ state: "used", registrationId });
    const refreshed = await getRegistration(caller, { registrationId });
    expect(refreshed).toMatchObject({
      name: "College",
      state: "active",
      clientId: registration.clientId,
      tokenEndpoint: moved,
      deployments: [
        { deploymentId: "1", state: "approved" },
        { deploymentId: "2", state: "pending" },
      ],
    });
    expect(refreshed.registeredScopes).toContain(SCOPE.score);
    expect((await listRegistrations(caller, { state: "all", q: platform.issuer })).total).toBe(1);
    const entry = await installation.db.prisma.auditEntry.findFirstOrThrow({
      where: { objectId: registrationId, action: "registration.refresh" },
    });
    expect(entry.detail).toMatchObject({ changes: { tokenEndpoint: { to: moved } } });
  });

  test("with addresses of another origin waits for approval once more", async () => {
    const { registration } = await registered();
    const registrationId = registration.id;
    await approveRegistration(caller, { registrationId });
    const set = { token_endpoint: "https://elsewhere.example.edu/token" };
    await platform.misbehave({ kind: "configuration_fields", set });
    expect((await updated(registration.clientId)).done.isPending).toBe(true);
    expect(await getRegistration(caller, { registrationId })).toMatchObject({
      state: "pending",
      tokenEndpoint: set.token_endpoint,
    });
  });

  test("of one that was declined waits for approval once more", async () => {
    const { registration } = await registered();
    const registrationId = registration.id;
    await declineRegistration(caller, { registrationId });
    expect((await updated(registration.clientId)).done.isPending).toBe(true);
    expect((await getRegistration(caller, { registrationId })).state).toBe("pending");
  });

  test("under another client ID is pointed out where it is approved", async () => {
    const { registration: first } = await registered();
    await approveRegistration(caller, { registrationId: first.id });
    const { registration: second } = await registered();
    expect(second.sameIssuer).toEqual([
      { id: first.id, name: "College", clientId: first.clientId, state: "active" },
    ]);
    await approveRegistration(caller, { registrationId: second.id });
    expect(await getRegistration(caller, { registrationId: second.id })).toMatchObject({
      sameIssuer: [],
    });
  });
});

describe("an invitation", () => {
  test("is good once", async () => {
    const { invitation, ask } = await registered();
    const again = await followed(invitation.url, platform);
    await expect(registerWithPlatform(caller, again)).rejects.toMatchObject({
      reason: "the invitation was used already",
    });
    await expect(offerRegistration(caller, ask)).rejects.toMatchObject({
      code: "operation.conflict",
    });
    const { id: invitationId } = invitation;
    await expect(revokeInvitation(caller, { invitationId })).rejects.toMatchObject({
      code: "operation.conflict",
    });
  });

  test("that races with itself registers once", async () => {
    const { ask } = await invited();
    const both = await Promise.allSettled([
      registerWithPlatform(caller, ask),
      registerWithPlatform(caller, ask),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(await platform.registrations()).toHaveLength(1);
  });

  test("that was revoked opens nothing", async () => {
    const { invitation, ask } = await invited();
    await revokeInvitation(caller, { invitationId: invitation.id });
    await expect(registerWithPlatform(caller, ask)).rejects.toMatchObject({
      reason: "the invitation was revoked",
    });
  });

  test("that has expired opens nothing", async () => {
    const { ask } = await invited();
    const later = { ...caller, now: () => new Date(Date.now() + 8 * 86_400_000) };
    await expect(registerWithPlatform(later, ask)).rejects.toMatchObject({
      reason: "the invitation has expired",
    });
  });

  test("nobody made opens nothing", async () => {
    const { ask } = await invited();
    await expect(registerWithPlatform(caller, { ...ask, token: "made-up" })).rejects.toMatchObject({
      code: "operation.not_found",
    });
  });

  test("stays good after a refusal, and keeps the platform's words", async () => {
    const { invitation, ask } = await invited();
    await platform.misbehave({
      kind: "registration_error",
      description: "no such scope",
      times: 1,
    });
    await expect(registerWithPlatform(caller, ask)).rejects.toMatchObject({
      code: "lti.request_rejected",
    });
    const kept = await getInvitation(caller, { invitationId: invitation.id });
    expect(kept).toMatchObject({ state: "open", problem: { code: "lti.request_rejected" } });
    expect(JSON.stringify(kept.problem)).toContain("no such scope");
    const again = await followed(invitation.url, platform);
    expect(await registerWithPlatform(caller, again)).toMatchObject({ name: "College" });
  });

  test("keeps no registration token in its problem", async () => {
    const { invitation, ask } = await invited();
    const body = { echo: ask.registrationToken };
    await platform.misbehave({ kind: "error_json", route: "registration", status: 400, body });
    await expect(registerWithPlatform(caller, ask)).rejects.toThrow();
    const kept = await getInvitation(caller, { invitationId: invitation.id });
    expect(JSON.stringify(kept)).not.toContain(ask.registrationToken);
  });
});

/** What a configuration says, and the check that must refuse it. */
const BAD_CONFIGURATIONS: [string, string, Record<string, unknown>][] = [
  ["an issuer on another host", "issuer", { issuer: "https://evil.example.edu" }],
  ["an issuer with a query", "issuer", { issuer: "https://lms.example.edu/?a=1" }],
  ["no issuer", "issuer", { issuer: null }],
  ["no registration endpoint", "endpoint", { registration_endpoint: null }],
  ["a token endpoint that is none", "endpoint", { token_endpoint: "javascript:0" }],
  ["no key set", "endpoint", { jwks_uri: "" }],
  [
    "no private_key_jwt",
    "authentication_method",
    { token_endpoint_auth_methods_supported: ["client_secret_basic"] },
  ],
  [
    "no RS256 for assertions",
    "algorithm",
    { token_endpoint_auth_signing_alg_values_supported: ["ES256"] },
  ],
  ["no RS256 for launches", "algorithm", { id_token_signing_alg_values_supported: ["HS256"] }],
  ["no id_token", "response_type", { response_types_supported: ["code"] }],
];

describe("a configuration with", () => {
  test.each(BAD_CONFIGURATIONS)("%s is refused by the check “%s”", async (_name, check, set) => {
    const { ask } = await invited();
    await platform.misbehave({ kind: "configuration_fields", set });
    await expect(registerWithPlatform(caller, ask)).rejects.toMatchObject({
      code: "lti.dynamic_registration_refused",
      check,
      spec: expect.stringContaining("§"),
    });
    expect(await platform.registrations()).toEqual([]);
  });

  test("an authorization server of its own makes it the audience", async () => {
    const set = { authorization_server: "https://auth.example.edu" };
    await platform.misbehave({ kind: "configuration_fields", set });
    const { registration } = await registered();
    expect(registration).toMatchObject({
      audience: "custom",
      audienceValues: ["https://auth.example.edu"],
    });
  });

  test("fewer scopes is asked for no more than those", async () => {
    const set = { scopes_supported: ["openid", SCOPE.memberships] };
    await platform.misbehave({ kind: "configuration_fields", set });
    const { registration } = await registered();
    expect(registration.registeredScopes).toEqual([SCOPE.memberships]);
  });
});

describe("registering with", () => {
  test.each(["canvas", "moodle", "brightspace", "blackboard", "sakai", "schoology"] as const)(
    "%s works, whatever its ways",
    async (profile: NonNullable<PlatformOptions["profile"]>) => {
      const lms = await startPlatformInProcess({ profile });
      const { registration, ask } = await registered(lms);
      expect(registration).toMatchObject({ state: "pending", profile });
      expect(ask.registrationToken === undefined).toBe(profile === "brightspace");
      const [tool] = await lms.registrations();
      expect(tool).toMatchObject({ loginUrl: `${PUBLIC_URL}/lti/login` });
      await lms.stop();
    },
  );
});
