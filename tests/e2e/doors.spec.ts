import { readFileSync } from "node:fs";
import { request as plainRequest } from "node:http";
import { expect, test, type APIRequestContext, type PlaywrightWorkerArgs } from "@playwright/test";
import { includesRight, RIGHTS, type Right, type Role } from "#lib/auth/rights.ts";
import { PAGE_DOORS } from "../app/access/pages/table.ts";
import { givenCourse, givenRegistration, givenSchedule, startRun } from "./support/api.ts";
import { signedInAs } from "./support/signed-in.ts";
import { SITE } from "./support/site.ts";

test.describe.configure({ timeout: 600_000 });

/*
 * Plain requests to the built server: every page and file of the console by who has signed in, by
 * whoever has a key, and by nobody; every server action from a page of another site.
 */

const NOBODY = "01939f2e-0000-7000-8000-000000000000";
const EVIL = "https://evil.example";

type Playwright = PlaywrightWorkerArgs["playwright"];
type Objects = Record<string, string>;
type Opened = (headers?: Record<string, string>) => Promise<APIRequestContext>;

const doors = Object.entries(PAGE_DOORS).map(([file, [needs, reach]]) => ({ file, needs, reach }));
const isObjects = ({ reach }: (typeof doors)[number]) => reach === "object";

let playwright: Playwright;
let open: Opened;
let admin: APIRequestContext;
let own: Objects;
let foreign: Objects;
const opened: APIRequestContext[] = [];

test.beforeAll(async ({ playwright: given }) => {
  playwright = given;
  open = async (headers = {}) => {
    const context = await playwright.request.newContext({
      baseURL: SITE.url,
      extraHTTPHeaders: headers,
      storageState: { cookies: [], origins: [] },
    });
    opened.push(context);
    return context;
  };
  admin = await open({ authorization: `Bearer ${SITE.apiKey}` });
  own = await objectsOf("Own");
  foreign = await objectsOf("Foreign");
});
test.afterAll(async () => {
  for (const context of opened) await context.dispose();
});

for (const role of ["viewer", "operator", "admin"] as const)
  test(`pages are shown to a ${role} who may, and no others`, async () => {
    const { person, rights } = await personOf(role);
    const draftId = includesRight(rights, "registrations:write") ? await draftOf(person) : NOBODY;
    for (const door of doors) {
      const { file, needs } = door;
      const answer = await person.get(addressOf(file, { ...own, draftId }), { maxRedirects: 0 });
      const text = await answer.text();
      const { location = "" } = answer.headers();
      const isShown = answer.status() === 200 && !/Only an admin of this installation/.test(text);
      // A step of the wizard that is not due leads to the one that is.
      const leadsOn = answer.status() === 307 && location.startsWith("/registrations/new/");
      const isOwnStep = door.reach === "own" && file.includes("[draftId]");
      const isThere = isShown || (isOwnStep && (leadsOn || answer.status() === 404));
      const may = includesRight(rights, needs);
      const isNobodys = isObjects(door) && /\[(holdId|operationId)\]/.test(file);
      if (isNobodys) expect({ file, status: answer.status() }).toEqual({ file, status: 404 });
      else if (may) expect({ file, status: answer.status(), isThere }).toMatchObject({ isThere });
      else expect({ file, isShown, leadsOn }).toEqual({ file, isShown: false, leadsOn: false });
      if (isOwnStep && !may) {
        expect({ file, status: answer.status() }).toEqual({ file, status: 403 });
        expect({ file, says: text.includes("This is not for you") }).toEqual({ file, says: true });
      }
      if (may && isObjects(door) && !isNobodys && file.endsWith("page.tsx"))
        expect({ file, isOwn: text.includes("of Own") }).toEqual({ file, isOwn: true });
    }
  });

test("who is not signed in is sent to sign in by every page, with whatever key or cookie", async () => {
  const strangers: Record<string, Record<string, string>> = {
    anonymous: {},
    "a made-up cookie": { cookie: "rollbook.session_token=made-up.c2lnbmF0dXJl" },
    "a header of the framework": { "x-middleware-subrequest": "middleware:middleware" },
  };
  for (const scope of RIGHTS) {
    const made = await admin.post("/api/v1/api-keys", { data: { name: scope, scopes: [scope] } });
    const { key } = (await made.json()) as { key: string };
    strangers[`key: ${scope}`] = { authorization: `Bearer ${key}` };
  }
  const made = await admin.post("/api/v1/api-keys", { data: { name: "ended", scopes: ["admin"] } });
  const ended = (await made.json()) as { id: string; key: string };
  // The one that a key takes the place of ends with the overlap.
  await admin.post(`/api/v1/api-keys/${ended.id}/rotate`, { data: { overlapHours: 0 } });
  strangers["an expired key"] = { authorization: `Bearer ${ended.key}` };
  for (const [who, headers] of Object.entries(strangers)) {
    const context = await open(headers);
    for (const { file } of doors) {
      const answer = await context.get(addressOf(file, own), { maxRedirects: 0 });
      const { location } = answer.headers();
      expect({ who, file, status: answer.status(), location }).toEqual({
        who,
        file,
        status: 307,
        location: expect.stringMatching(/^\/login(\?|$)/),
      });
      expect(await answer.text()).not.toContain("of Own");
    }
  }
});

test("what belongs to another registration is not there, and stands in no list", async () => {
  const { person } = await personOf("operator", [own["registrationId"]!]);
  for (const door of doors) {
    const answer = await person.get(addressOf(door.file, foreign), { maxRedirects: 0 });
    const text = await answer.text();
    const { file } = door;
    expect({ file, tells: text.includes("of Foreign") }).toEqual({ file, tells: false });
    if (isObjects(door)) expect({ file, status: answer.status() }).toEqual({ file, status: 404 });
  }
});

test("no server action is performed for a page of another site, or one without an origin's name", async () => {
  const { person } = await personOf("admin");
  const ids = actionIds();
  expect(ids.length).toBeGreaterThan(75);
  const latest = async () => {
    const page = (await (await admin.get("/api/v1/audit?limit=1")).json()) as { items: object[] };
    return page.items;
  };
  const before = await latest();
  for (const id of ids)
    for (const origin of [EVIL, "null"]) {
      const headers = { origin, "next-action": id, "content-type": "text/plain;charset=UTF-8" };
      const answer = await person.post("/", { headers, data: "[]", maxRedirects: 0 });
      expect({ id, origin, status: answer.status() }).toEqual({ id, origin, status: 500 });
    }
  expect(await latest()).toEqual(before);
});

test("pages for visitors show what they are for, and nothing of the installation", async () => {
  const visitor = await open();
  const login = await visitor.get("/login");
  expect(login.status()).toBe(200);
  const setup = await visitor.get("/setup", { maxRedirects: 0 });
  expect([setup.status(), setup.headers()["location"]]).toEqual([307, "/login"]);
  const link = await visitor.get("/password/made-up");
  expect(await link.text()).not.toContain('type="password"');
  const course = await visitor.get("/lti/course");
  expect(course.status()).toBe(200);
  for (const answer of [login, link, course]) expect(await answer.text()).not.toContain("of Own");
});

test("answers say how a browser is to treat them, and let no other site read them", async () => {
  const { person } = await personOf("admin");
  for (const address of [
    "/",
    "/login",
    "/api/v1/courses",
    "/lti/course",
    `/courses/${own["courseId"]}`,
  ]) {
    const answer = await person.get(address, { headers: { origin: EVIL } });
    const headers = answer.headers();
    expect(headers["x-content-type-options"]).toBe("nosniff");
    expect(headers["referrer-policy"]).toBe("same-origin");
    expect(headers["access-control-allow-origin"]).toBeUndefined();
    expect(headers["content-security-policy"]).toContain("default-src 'none'");
    expect(headers["content-security-policy"]).toContain("object-src 'none'");
    expect(headers["content-security-policy"]).not.toContain("unsafe-eval");
    expect(headers["content-security-policy"]).toContain("frame-ancestors 'none'");
    if (address.startsWith("/lti/")) continue;
    expect(headers["cache-control"]).toContain("no-store");
    expect(headers["cross-origin-opener-policy"]).toBe("same-origin");
    expect(headers["cross-origin-resource-policy"]).toBe("same-origin");
  }
});

test("nothing of the machine is served, and TRACE is refused", async () => {
  for (const path of [
    ...[
      "/.git/config",
      "/.env",
      "/package.json",
      "/_next/",
      "/static/",
      "/node_modules/next/package.json",
    ],
    ...["/..%2f..%2fetc/passwd", "/_next/..%2f..%2fpackage.json", "/%2e%2e/%2e%2e/etc/passwd"],
  ]) {
    const status = await statusOf("GET", path);
    expect({ path, isServed: status < 300 }).toEqual({ path, isServed: false });
  }
  expect(await statusOf("TRACE", "/api/v1/courses")).toBeGreaterThanOrEqual(400);
});

async function objectsOf(name: string): Promise<Objects> {
  const { id: registrationId } = await givenRegistration(`College of ${name}`);
  const { course, lineItems } = await givenCourse(registrationId, {
    title: `Course of ${name}`,
    members: 2,
    lineItems: [{ label: `Quiz of ${name}` }],
  });
  const { id: runId } = await startRun({ kind: "roster_sync", courseId: course.id });
  await givenSchedule({
    kind: "roster_sync",
    cron: "0 2 * * *",
    timeZone: "UTC",
    courseId: course.id,
  });
  const schedules = await admin.get(`/api/v1/schedules?courseId=${course.id}`);
  const [schedule] = ((await schedules.json()) as { items: { id: string }[] }).items;
  const lineItemId = lineItems[0]!.id;
  return { registrationId, courseId: course.id, lineItemId, runId, scheduleId: schedule!.id };
}

function addressOf(file: string, objects: Objects): string {
  const path = file.replace(/\/?(page\.tsx|route\.ts)$/, "");
  return `/${path.replaceAll(/\[(\w+)\]/g, (_, name: string) => objects[name] ?? NOBODY)}`;
}

const RIGHTS_OF: Record<Role, readonly Right[]> = {
  viewer: ["read"],
  operator: ["read", "scores:write", "runs:write", "registrations:write"],
  admin: ["admin"],
};

/** Somebody of a role who has just signed in. */
async function personOf(role: Role, registrationIds: string[] = []) {
  const person = await signedInAs(playwright, { role, registrationIds });
  opened.push(person);
  return { person, rights: RIGHTS_OF[role] };
}

async function draftOf(person: APIRequestContext): Promise<string> {
  const made = await person.post("/api/v1/registration-drafts", {
    data: { profile: "canvas", values: { name: "Draft of Own" } },
    headers: { origin: SITE.url },
  });
  expect(made.status(), await made.text()).toBe(201);
  return ((await made.json()) as { id: string }).id;
}

/** Every action that the build has, by the ID under which a browser calls it. */
function actionIds(): string[] {
  const file = ".next/server/server-reference-manifest.json";
  const { node } = JSON.parse(readFileSync(file, "utf8")) as { node: Record<string, unknown> };
  return Object.keys(node);
}

/** Without a client that tidies the path. */
function statusOf(method: string, path: string): Promise<number> {
  return new Promise((answered, failed) => {
    const asked = plainRequest({ port: SITE.port, host: "localhost", method, path }, (answer) => {
      answer.resume();
      answered(answer.statusCode ?? 0);
    });
    asked.on("error", failed).end();
  });
}
