import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { GET as events } from "../../../app/api/events/route.ts";
import { GET as healthz } from "../../../app/api/healthz/route.ts";
import { GET as reads } from "../../../app/api/reads/route.ts";
import { GET as metrics } from "../../../app/metrics/route.ts";
import { GET as readyz } from "../../../app/api/readyz/route.ts";
import { GET as openapi } from "../../../app/api/v1/openapi.json/route.ts";
import { GET as reference } from "../../../app/docs/api/route.ts";
import { GET as referenceOf } from "../../../app/docs/api/[tag]/route.ts";
import { POST as courseEnd } from "../../../app/lti/course/end/route.ts";
import { GET as courseState } from "../../../app/lti/course/state/route.ts";
import { POST as courseSync } from "../../../app/lti/course/sync/route.ts";
import { POST as grades } from "../../../app/lti/grades/route.ts";
import { POST as links } from "../../../app/lti/links/route.ts";
import { GET as jwks } from "../../../app/lti/jwks/route.ts";
import { POST as launch } from "../../../app/lti/launch/route.ts";
import { GET as login } from "../../../app/lti/login/route.ts";
import { POST as notices } from "../../../app/lti/notices/route.ts";
import { GET as register } from "../../../app/lti/register/[invitation]/route.ts";
import { GET as callback } from "../../../app/(auth)/login/callback/route.ts";
import { GET as singleSignOn } from "../../../app/(auth)/login/single-sign-on/route.ts";
import { RIGHTS, type Right } from "#lib/auth/rights.ts";
import { requestOf, startApi, type Api, type Asked } from "#tests/support/api.ts";
import { OTHER_DOORS } from "./doors.ts";
import { keyOf, objectsOfOneRegistration, personOf, type Objects } from "./stage.ts";

vi.mock("next/headers", () => ({
  headers: async () => new Headers(),
  cookies: async () => ({ set: () => {}, getAll: () => [] }),
}));

type Somebody = { asked: Asked; rights: readonly Right[] };
/** What a door answers; `refused` is whatever lies from 400 to 499. */
type Status = number | "refused" | "to sign in";
type Door = {
  ask: (asked: Asked) => Promise<Response> | Response;
  answers: (who: Somebody) => Status;
};

let api: Api;
let own: Objects;
let everybody: Record<string, Somebody>;

beforeAll(async () => {
  api = await startApi();
  own = await objectsOfOneRegistration(api);
  const people = {
    viewer: await personOf(api, "viewer"),
    operator: await personOf(api, "operator"),
    admin: await personOf(api, "admin"),
    limited: await personOf(api, "operator", { registrationIds: [own.registrationId!] }),
  };
  const ended = await keyOf(api, ["admin"], { expiresInDays: 1 });
  const expiresAt = new Date(Date.now() - 1_000);
  await api.runtime.db.prisma.apiKey.update({ where: { id: ended.id }, data: { expiresAt } });
  const foreign = {
    ...people.admin.asked.headers,
    origin: "https://evil.example",
    "sec-fetch-site": "cross-site",
  };
  everybody = {
    ...people,
    anonymous: { asked: { key: null }, rights: [] },
    "a key that has ended": { asked: ended.asked, rights: [] },
    // Reading is left to the browser, which shows a page of another origin nothing of it.
    "another site, with an admin's cookie": {
      asked: { key: null, headers: foreign },
      rights: people.admin.rights,
    },
  };
  for (const scope of RIGHTS) everybody[`key: ${scope}`] = await keyOf(api, [scope]);
});
afterAll(() => api.stop());

const anybody = () => 200;
const nobody = () => "refused" as const;
const readers = ({ rights }: Somebody) => {
  if (rights.length === 0) return 401;
  return rights.includes("read") ? 200 : 403;
};
const FORM = { "content-type": "application/x-www-form-urlencoded" };
const get = (path: string, asked: Asked) => requestOf("GET", path, asked);
const posted = (path: string, { headers, ...asked }: Asked, body: string, type = FORM) =>
  requestOf("POST", path, { ...asked, headers: { ...headers, ...type }, body });
const withUrl = (request: Request) =>
  Object.assign(request, { nextUrl: new URL(request.url) }) as never;

/** By file below app. Those of the API's table are asked in doors.test.ts, pages in e2e/doors.spec.ts. */
const DOORS: Record<string, Door> = {
  "api/events/route.ts": {
    ask: (asked) => events(get("/api/events", asked)),
    answers: readers,
  },
  "api/healthz/route.ts": { ask: () => healthz(), answers: anybody },
  "api/readyz/route.ts": {
    ask: async (asked) => {
      const { status } = await readyz(get("/api/readyz", asked));
      // There is no worker in this process, which is told to everybody alike.
      return new Response(null, { status: status === 503 ? 200 : status });
    },
    answers: anybody,
  },
  "api/reads/route.ts": {
    ask: async (asked) => {
      const of = encodeURIComponent(`/api/v1/courses/${own.courseId}`);
      const answer = await reads(get(`/api/reads?of=${of}`, asked));
      const { items } = (await answer.json()) as { items: { status: number }[] };
      return new Response(null, { status: items[0]!.status });
    },
    answers: readers,
  },
  "metrics/route.ts": {
    ask: (asked) => metrics(get("/metrics", asked)),
    // It tells of every registration.
    answers: (who) => (who === everybody["limited"] ? 403 : readers(who)),
  },
  "api/v1/openapi.json/route.ts": {
    ask: (asked) => openapi(get("/api/v1/openapi.json", asked)),
    answers: anybody,
  },
  "docs/api/route.ts": { ask: (asked) => reference(get("/docs/api", asked)), answers: anybody },
  "docs/api/[tag]/route.ts": {
    ask: (asked) =>
      referenceOf(get("/docs/api/grades", asked), { params: Promise.resolve({ tag: "grades" }) }),
    answers: anybody,
  },
  "lti/course/end/route.ts": {
    ask: (asked) =>
      courseEnd(posted("/lti/course/end", asked, "", { "content-type": "application/json" })),
    // To end what is none, or has ended, is no error: whatever token comes, nothing is open after it.
    answers: ({ asked }) => (asked.key ? 200 : 401),
  },
  "lti/course/state/route.ts": {
    ask: (asked) => courseState(get("/lti/course/state", asked)),
    answers: () => 401,
  },
  "lti/course/sync/route.ts": {
    ask: (asked) =>
      courseSync(
        posted("/lti/course/sync", asked, '{"kind":"roster_sync"}', {
          "content-type": "application/json",
        }),
      ),
    answers: () => 401,
  },
  "lti/grades/route.ts": {
    ask: (asked) => grades(posted("/lti/grades", asked, "session=made-up")),
    answers: nobody,
  },
  "lti/jwks/route.ts": { ask: (asked) => jwks(get("/lti/jwks", asked)), answers: anybody },
  "lti/launch/route.ts": {
    ask: (asked) => launch(posted("/lti/launch", asked, "state=made-up&id_token=made-up")),
    answers: nobody,
  },
  "lti/links/route.ts": {
    ask: (asked) => links(posted("/lti/links", asked, "ticket=made-up&chosen=link")),
    answers: nobody,
  },
  "lti/login/route.ts": {
    ask: (asked) => login(get("/lti/login?iss=https://unknown.example.edu&login_hint=1", asked)),
    answers: nobody,
  },
  "lti/notices/route.ts": {
    ask: (asked) =>
      notices(
        posted("/lti/notices", asked, '{"notices":[{"jwt":"made-up"}]}', {
          "content-type": "application/json",
        }),
      ),
    answers: nobody,
  },
  "lti/register/[invitation]/route.ts": {
    ask: (asked) =>
      register(
        get("/lti/register/made-up?openid_configuration=https://lms.example.edu/", asked),
        withParams({ invitation: "made-up" }),
      ),
    answers: nobody,
  },
  "(auth)/login/single-sign-on/route.ts": {
    ask: (asked) => singleSignOn(withUrl(get("/login/single-sign-on", asked))),
    answers: () => "to sign in",
  },
  "(auth)/login/callback/route.ts": {
    ask: (asked) => callback(withUrl(get("/login/callback?code=made-up&state=made-up", asked))),
    answers: () => "to sign in",
  },
};

function withParams<Params>(params: Params) {
  return { params: Promise.resolve(params) };
}

test("every route but the API's own is asked", () => {
  const routes = Object.keys(OTHER_DOORS).filter(
    (file) => file.endsWith("route.ts") && !file.includes("[[...path]]"),
  );
  expect(Object.keys(DOORS).sort()).toEqual(routes.sort());
});

describe.each(Object.entries(DOORS))("%s", (_file, { ask, answers }) => {
  test("answers everybody as it is written", async () => {
    for (const [who, somebody] of Object.entries(everybody)) {
      const answer = await ask(somebody.asked);
      const wanted = answers(somebody);
      expect({ who, answer: said(answer, wanted) }).toEqual({ who, answer: wanted });
      expect(answer.headers.get("access-control-allow-origin")).toBeNull();
      await answer.body?.cancel();
    }
  });
});

function said({ status, headers }: Response, wanted: Status): Status {
  if (wanted === "refused" && status >= 400 && status < 500) return "refused";
  const location = headers.get("location");
  return wanted === "to sign in" && location?.startsWith("/login?refused=") ? wanted : status;
}
