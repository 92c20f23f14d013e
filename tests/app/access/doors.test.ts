import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ROUTES } from "../../../app/_server/rest/routes/index.ts";
import type { Route } from "../../../app/_server/rest/route.ts";
import { RIGHTS } from "#lib/auth/rights.ts";
import { startApi, type Api, type Asked } from "#tests/support/api.ts";
import { askRoute, filled } from "./ask-route.ts";
import { REST_DOORS, type Reach } from "./doors.ts";
import { keyOf, objectsOfOneRegistration, personOf, type Objects, type Somebody } from "./stage.ts";

const NOT_PERMITTED = "operation.not_permitted";
const CROSS_SITE = "api.cross_site_refused";

let api: Api;
let everybody: Record<string, Somebody>;
let own: Objects;
let foreign: Objects;
let limited: Record<string, Asked>;
let expired: string;
let cookie: string;

beforeAll(async () => {
  api = await startApi();
  const [viewer, operator, admin] = [
    await personOf(api, "viewer"),
    await personOf(api, "operator"),
    await personOf(api, "admin"),
  ];
  cookie = admin.cookie;
  everybody = { viewer, operator, admin };
  for (const scope of RIGHTS) everybody[`key: ${scope}`] = await keyOf(api, [scope]);
  own = await objectsOfOneRegistration(api);
  foreign = await objectsOfOneRegistration(api);
  const all = RIGHTS.filter((right) => right !== "admin");
  const registrationIds = [own.registrationId!];
  limited = {
    key: (await keyOf(api, all, { registrationIds })).asked,
    operator: (await personOf(api, "operator", { registrationIds })).asked,
  };
  const ended = await keyOf(api, ["admin", "read:names"], { expiresInDays: 1 });
  expired = ended.key;
  const expiresAt = new Date(Date.now() - 1_000);
  await api.runtime.db.prisma.apiKey.update({ where: { id: ended.id }, data: { expiresAt } });
});
afterAll(() => api.stop());

test("every operation of the API has a row, and every row an operation", () => {
  const named = ROUTES.map(({ method, path }) => `${method} ${path}`);
  expect(Object.keys(REST_DOORS).sort()).toEqual(named.sort());
});

describe.each(ROUTES)("$method $path", (route) => {
  const [needs, reach] = doorOf(route);

  test(`needs ${needs}`, async () => {
    const answers = Object.entries(everybody).map(async ([name, { rights, asked }]) => {
      return { name, rights, answer: await ask(route, asked) };
    });
    for (const { name, rights, answer } of await Promise.all(answers)) {
      const isRefused = answer.body?.code === NOT_PERMITTED;
      expect({ name, isRefused }).toEqual({ name, isRefused: !rights.includes(needs) });
      expect(answer.status).not.toBe(401);
      if (isRefused) expect(answer.status).toBe(403);
      else expect(answer.status).toBeLessThan(500);
    }
  });

  test("is nothing for nobody, for a key that has ended, or for another site's page", async () => {
    expect((await ask(route, { key: null })).status).toBe(401);
    expect((await ask(route, { key: expired })).status).toBe(401);
    const headers = { cookie, origin: "https://evil.example", "sec-fetch-site": "cross-site" };
    const { status, body } = await ask(route, { key: null, headers });
    // Reading is left to the browser, which shows a page of another origin nothing of it.
    if (route.method === "GET") expect(status).not.toBe(401);
    else expect({ status, code: body?.code }).toEqual({ status: 403, code: CROSS_SITE });
  });

  test(`reaches ${reach === "object" ? "objects of one's own registrations" : reach}`, async () => {
    for (const asked of Object.values(limited)) {
      const elsewhere = await ask(route, asked, foreign);
      const isAdmins = needs === "admin";
      expect([elsewhere.status, elsewhere.body?.code]).toEqual(
        isAdmins ? [403, NOT_PERMITTED] : expectedElsewhere(reach, elsewhere),
      );
      const hasForeign = JSON.stringify(elsewhere.body ?? {}).includes(foreign.courseId!);
      expect(reach === "listed" && hasForeign).toBe(false);
    }
  });
});

/** What is of another registration looks like what is not there. */
function expectedElsewhere(
  reach: Reach,
  answer: { status: number; body: { code?: string } | null },
): [number, string | undefined] {
  if (reach === "object") return [404, "operation.not_found"];
  if (reach === "everywhere") return [403, NOT_PERMITTED];
  expect(answer.status).toBeLessThan(500);
  return [answer.status, answer.body?.code];
}

test("in the own registration a limited key does what it may", async () => {
  for (const asked of Object.values(limited)) {
    for (const path of ["registrations/{registrationId}", "courses/{courseId}", "runs/{runId}"])
      expect((await api.ask("GET", `/${filled(path, own)}`, asked)).status).toBe(200);
    for (const list of ["registrations", "courses", "runs", "holds", "schedules", "operations"]) {
      const { body } = await api.ask<{ items: object[]; total: number }>("GET", `/${list}`, asked);
      expect({ list, total: body.total, items: body.items.length }).toEqual({
        list,
        total: 1,
        items: 1,
      });
    }
    const { body } = await api.ask<{ items: object[] }>("GET", "/tokens", asked);
    expect(body.items).toHaveLength(1);
  }
});

const ask = (route: Route, asked: Asked, objects?: Objects) => askRoute(api, route, asked, objects);

function doorOf({ method, path }: Route) {
  return REST_DOORS[`${method} ${path}`] ?? (["admin", "everywhere"] as const);
}
