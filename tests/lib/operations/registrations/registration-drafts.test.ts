import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { FULL_ACCESS } from "#lib/auth/rights.ts";
import type { Caller } from "#lib/operations/caller.ts";
import { canvasConfiguration } from "#lib/operations/invitations/canvas-configuration.ts";
import {
  createDraft,
  deleteDraft,
  getDraft,
  listDrafts,
  saveDraft,
} from "#lib/operations/registrations/drafts.ts";
import {
  createRegistration,
  updateRegistration,
} from "#lib/operations/registrations/registrations.ts";
import { RegistrationInput } from "#lib/operations/registrations/schema.ts";
import { SCOPE } from "#tests/support/platform/index.ts";
import { startInstallation, type Installation } from "#tests/support/installation.ts";
import { callerOf, PUBLIC_URL } from "#tests/support/launching.ts";

let installation: Installation;
beforeAll(async () => {
  installation = await startInstallation({ isWorker: false });
});
afterAll(() => installation.stop());

function operator(name = "Ada"): Caller {
  const actor = {
    kind: "operator" as const,
    id: crypto.randomUUID(),
    name,
    email: "a@b.example",
    access: FULL_ACCESS,
  };
  return { ...callerOf(installation), actor };
}

describe("a draft", () => {
  test("is kept as typed, also what no registration would take", async () => {
    const ada = operator();
    const values = { name: "College", issuer: "not an address", deploymentIds: ["", "7"] };
    const { id } = await createDraft(ada, { profile: "moodle", values });
    expect(await getDraft(ada, { draftId: id })).toMatchObject({
      profile: "moodle",
      step: "way",
      values,
    });
  });

  test("keeps the values that a save leaves out, and the step", async () => {
    const ada = operator();
    const { id: draftId } = await createDraft(ada, { profile: "canvas", values: { name: "A" } });
    await saveDraft(ada, { draftId, profile: "canvas", step: "json", values: { clientId: "1" } });
    const saved = await saveDraft(ada, {
      draftId,
      profile: "canvas",
      values: { name: "B", issuer: "" },
    });
    expect(saved).toMatchObject({
      step: "json",
      values: { name: "B", clientId: "1", issuer: "" },
    });
  });

  test("loses nothing when two saves overlap", async () => {
    const ada = operator();
    const { id: draftId } = await createDraft(ada, { profile: "other" });
    const registrationId = crypto.randomUUID();
    await Promise.all([
      saveDraft(ada, { draftId, profile: "other", values: { issuer: "https://lms.example.edu" } }),
      saveDraft(ada, { draftId, profile: "other", step: "test", values: { registrationId } }),
    ]);
    expect(await getDraft(ada, { draftId })).toMatchObject({
      step: "test",
      values: { registrationId, issuer: "https://lms.example.edu" },
    });
  });

  test("is seen, saved and deleted by its operator alone", async () => {
    const [ada, bob] = [operator(), operator("Bob")];
    const { id: draftId } = await createDraft(ada, { profile: "sakai", values: { name: "Ours" } });
    const missing = { code: "operation.not_found" };
    await expect(getDraft(bob, { draftId })).rejects.toMatchObject(missing);
    const theft = saveDraft(bob, { draftId, profile: "sakai", values: { name: "Mine" } });
    await expect(theft).rejects.toMatchObject(missing);
    await expect(deleteDraft(bob, { draftId })).rejects.toMatchObject(missing);
    expect((await listDrafts(bob, {})).items).toEqual([]);
    expect((await getDraft(ada, { draftId })).values.name).toBe("Ours");
  });

  test("is gone once it is deleted", async () => {
    const ada = operator();
    const { id: draftId } = await createDraft(ada, { profile: "other" });
    expect((await deleteDraft(ada, { draftId })).id).toBe(draftId);
    await expect(getDraft(ada, { draftId })).rejects.toMatchObject({
      code: "operation.not_found",
    });
  });

  test("with a value that the wizard does not know is refused", async () => {
    const values = { password: "x" } as object;
    await expect(createDraft(operator(), { profile: "other", values })).rejects.toMatchObject({
      code: "operation.invalid_input",
    });
  });
});

test("drafts are listed in pages, the one saved last first", async () => {
  const ada = operator();
  const ids: string[] = [];
  for (const name of ["a", "b", "c"]) {
    ids.push((await createDraft(ada, { profile: "other", values: { name } })).id);
  }
  const [first = ""] = ids;
  await saveDraft(ada, { draftId: first, profile: "other", values: { name: "saved last" } });
  const page = await listDrafts(ada, { limit: 2 });
  expect(page).toMatchObject({ total: 3, items: [{ id: first }, { id: ids[2] }] });
  const rest = await listDrafts(ada, { limit: 2, cursor: page.nextCursor ?? "" });
  expect(rest).toMatchObject({ nextCursor: null, items: [{ id: ids[1] }] });
});

test("Canvas's configuration has our addresses, our scopes and names in rosters", () => {
  const configuration = canvasConfiguration(operator());
  expect(configuration).toMatchObject({
    oidc_initiation_url: `${PUBLIC_URL}/lti/login`,
    redirect_uris: [`${PUBLIC_URL}/lti/launch`],
    public_jwk_url: `${PUBLIC_URL}/lti/jwks`,
    extensions: [{ domain: "rollbook.example.edu", privacy_level: "public" }],
  });
  expect(configuration.scopes).toEqual(expect.arrayContaining([SCOPE.memberships, SCOPE.score]));
});

describe("the type of the client assertion", () => {
  const input = (fields: object) =>
    ({
      name: "Newer",
      issuer: "https://newer.example.edu",
      clientId: crypto.randomUUID(),
      tokenEndpoint: "https://newer.example.edu/token",
      authorizationEndpoint: "https://newer.example.edu/authorize",
      jwksUrl: "https://newer.example.edu/jwks",
      ...fields,
    }) as RegistrationInput;

  test("is JWT unless another is chosen, and is stored", async () => {
    const ada = operator();
    const created = await createRegistration(ada, input({}));
    expect(created.assertionTyp).toBe("JWT");
    const assertionTyp = "client-authentication+jwt";
    const { id: registrationId, clientId } = created;
    const change = input({ clientId, audience: "issuer", assertionTyp });
    const changed = await updateRegistration(ada, { registrationId, ...change });
    expect(changed.assertionTyp).toBe(assertionTyp);
  });

  test.each([
    { audience: "token_endpoint" },
    { audience: "custom", audienceValues: ["https://a.example", "https://b.example"] },
  ])("of RFC 10070 takes one issuer as its audience, not %o", (fields) => {
    const parsed = RegistrationInput.safeParse(
      input({ ...fields, assertionTyp: "client-authentication+jwt" }),
    );
    expect(parsed.error?.issues.map(({ path }) => path)).toEqual([["audience"]]);
  });
});
