import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import {
  chooseRegistration,
  createMemoryLoginStore,
  createPlatformFetch,
  createPlatformKeys,
  LaunchRefused,
  startLogin,
  stateOfLaunch,
  storageOfLaunch,
  verifyLaunch,
  type LaunchRegistration,
  type LoginStore,
} from "#lib/lti/index.ts";
import { postedBy } from "#tests/support/launch-through.ts";
import { claim } from "#tests/support/launching.ts";
import { startPlatformInProcess, type PlatformClient } from "#tests/support/platform/index.ts";

const TOOL = "https://tool.example.edu";
const REDIRECT = `${TOOL}/launch`;
const fetchPlatform = createPlatformFetch({ allowPrivateNetwork: true });
const keys = createPlatformKeys({ fetch: fetchPlatform }, { allowHttp: true });

let platform: PlatformClient;
let registration: LaunchRegistration;
let store: LoginStore<LaunchRegistration>;

beforeAll(async () => {
  platform = await startPlatformInProcess();
  const { url, issuer } = platform;
  await platform.addRegistration({
    clientId: "client-1",
    jwksUrl: `${TOOL}/jwks`,
    loginUrl: `${TOOL}/login`,
    launchUrl: REDIRECT,
  });
  await platform.addCourse({ contextId: "history", title: "History", members: 3 });
  registration = {
    issuer,
    clientId: "client-1",
    authorizationEndpoint: `${url}/authorize`,
    jwksUrl: `${url}/jwks`,
  };
});
beforeEach(() => {
  store = createMemoryLoginStore();
});
afterAll(async () => {
  await fetchPlatform.close();
  await platform.stop();
});

async function login(changes: { storage?: boolean; now?: Date } = {}) {
  const { storage = false, now = new Date() } = changes;
  const plan = { clientId: "client-1", contextId: "history", storage };
  const { parameters } = await platform.startLaunch(plan);
  return startLogin({
    parameters: new URLSearchParams(parameters),
    findRegistration: async (request) => chooseRegistration(request, [registration]),
    store,
    redirectUri: REDIRECT,
    now,
  });
}

const launch = (form: URLSearchParams, keptState: string | undefined, now = new Date()) =>
  verifyLaunch({ form, keptState, store, keys, allowHttp: true, now });

describe("login and launch with a store in memory", () => {
  test("give the registration, the message and all claims", async () => {
    const started = await login();
    const form = await postedBy(started.authenticationUrl);
    expect(stateOfLaunch(form)).toBe(started.state);
    const verified = await launch(form, started.state);
    expect(verified.registration).toBe(registration);
    expect(verified.message).toMatchObject({ context: { contextId: "history", title: "History" } });
    expect(verified.claims[claim("version")]).toBe("1.3.0");
  });

  test("work once", async () => {
    const started = await login();
    const form = await postedBy(started.authenticationUrl);
    await launch(form, started.state);
    await expect(launch(form, started.state)).rejects.toMatchObject({ check: "state_used" });
  });

  test("let one of two pass that come at once", async () => {
    const started = await login();
    const form = await postedBy(started.authenticationUrl);
    const both = await Promise.allSettled([
      launch(form, started.state),
      launch(form, started.state),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  });

  test("end after ten minutes", async () => {
    const now = new Date();
    const started = await login({ now });
    const form = await postedBy(started.authenticationUrl);
    const later = new Date(now.getTime() + started.lifetimeS * 1_000);
    await expect(launch(form, started.state, later)).rejects.toMatchObject({
      check: "state_expired",
    });
  });

  test("refuse another browser, and the state stays good", async () => {
    const started = await login();
    const form = await postedBy(started.authenticationUrl);
    await expect(launch(form, undefined)).rejects.toMatchObject({ check: "state_browser" });
    expect(await launch(form, started.state)).toMatchObject({ registration });
  });

  test("refuse the token of another login", async () => {
    const [one, other] = [await login(), await login()];
    const form = await postedBy(one.authenticationUrl);
    form.set("state", other.state);
    await expect(launch(form, other.state)).rejects.toMatchObject({ check: "nonce" });
  });

  test("refuse a registration that may no longer launch, before the token is read", async () => {
    const started = await login();
    const form = new URLSearchParams({ state: started.state, id_token: "unread" });
    const refused = verifyLaunch({
      form,
      keptState: started.state,
      store,
      keys,
      now: new Date(),
      checkRegistration: () => {
        throw new LaunchRefused("registration_state", "the registration is archived");
      },
    });
    await expect(refused).rejects.toMatchObject({ check: "registration_state" });
  });

  test("say where the state is kept besides the cookie, which uses up nothing", async () => {
    const { origin } = new URL(platform.url);
    const started = await login({ storage: true });
    expect(started.storage).toEqual({ frame: "_parent", origin });
    const { state } = started;
    expect(await storageOfLaunch(store, { state, frame: "f" })).toEqual({ frame: "f", origin });
    expect(await storageOfLaunch(store, { state, frame: null })).toEqual({
      frame: "_parent",
      origin,
    });
    const form = await postedBy(started.authenticationUrl);
    expect(await launch(form, state)).toMatchObject({ registration });
    const unknown = storageOfLaunch(store, { state: "unknown", frame: null });
    await expect(unknown).rejects.toMatchObject({ check: "state_unknown" });
  });

  test("keep neither state nor nonce in clear", async () => {
    const saved: unknown[] = [];
    const { save } = store;
    store.save = (pending, now) => {
      saved.push(pending);
      return save(pending, now);
    };
    const started = await login();
    const nonce = new URL(started.authenticationUrl).searchParams.get("nonce") ?? "?";
    expect(saved).toHaveLength(1);
    expect(JSON.stringify(saved)).not.toContain(started.state);
    expect(JSON.stringify(saved)).not.toContain(nonce);
  });
});

describe("the store in memory", () => {
  const pending = (stateHash: string, minutes: number) => ({
    registration,
    stateHash,
    nonceHash: "",
    targetHash: "",
    expiresAt: new Date(minutes * 60_000),
  });
  const found = async (...hashes: string[]) =>
    (await Promise.all(hashes.map((hash) => store.find(hash, "")))).map((one) => one !== undefined);

  test("forgets logins that are over", async () => {
    await store.save(pending("a", 10), new Date(0));
    await store.save(pending("b", 20), new Date(11 * 60_000));
    expect(await found("a", "b")).toEqual([false, true]);
  });

  test("holds no more than told", async () => {
    store = createMemoryLoginStore({ maxLogins: 2 });
    for (const hash of ["a", "b", "c"]) await store.save(pending(hash, 10), new Date(0));
    expect(await found("a", "b", "c")).toEqual([false, true, true]);
  });
});

describe("chooseRegistration", () => {
  const one = { issuer: "https://lms.example.edu", clientId: "1" };
  const other = { issuer: "https://lms.example.edu", clientId: "2" };

  test("takes the one with issuer and client ID", () => {
    expect(chooseRegistration(other, [one, other])).toBe(other);
    expect(chooseRegistration({ issuer: one.issuer }, [one])).toBe(one);
  });

  test.each([
    ["client_id", /names no client_id/, { issuer: one.issuer }],
    ["registration", /has this client ID/, { ...one, clientId: "3" }],
    ["registration", /has this issuer$/, { issuer: "https://other.example.edu" }],
    [
      "registration",
      /the registration says “https:\/\/lms.example.edu”/,
      { issuer: `${one.issuer}/` },
    ],
  ])("refuses by the check %s, %s", (check, words, asked) => {
    const act = () => chooseRegistration(asked, [one, other]);
    expect(act).toThrow(words);
    expect(act).toThrow(expect.objectContaining({ check }));
  });
});
