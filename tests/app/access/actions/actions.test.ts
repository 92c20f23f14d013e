import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { RIGHTS } from "#lib/auth/rights.ts";
import { startApi, type Api } from "#tests/support/api.ts";
import {
  keyOf,
  objectsOfOneRegistration,
  personOf,
  type Objects,
  type Somebody,
} from "../stage.ts";
import { act, actions, request } from "./call.ts";

vi.mock("next/headers", () => ({
  headers: async () => request.getStore()!.headers,
  cookies: async () => ({ set: () => {}, getAll: () => [] }),
}));

let api: Api;
let people: Record<string, Somebody>;
let strangers: Record<string, Headers>;
let limited: Headers;
let own: Objects;
let foreign: Objects;

const headersOf = ({ asked }: Pick<Somebody, "asked">) =>
  new Headers({
    ...asked.headers,
    ...(asked.key && { authorization: `Bearer ${asked.key}` }),
  });

beforeAll(async () => {
  api = await startApi();
  people = {
    viewer: await personOf(api, "viewer"),
    operator: await personOf(api, "operator"),
    admin: await personOf(api, "admin"),
  };
  strangers = { anonymous: new Headers(), "a made-up cookie": new Headers({ cookie: FORGED }) };
  // A key opens the API alone: to the console who brings one is nobody.
  for (const scope of RIGHTS) strangers[`key: ${scope}`] = headersOf(await keyOf(api, [scope]));
  const ended = await keyOf(api, ["admin", "read:names"]);
  const expiresAt = new Date(Date.now() - 1_000);
  await api.runtime.db.prisma.apiKey.update({ where: { id: ended.id }, data: { expiresAt } });
  strangers["an expired key"] = headersOf(ended);
  own = await objectsOfOneRegistration(api);
  foreign = await objectsOfOneRegistration(api);
  const registrationIds = [own.registrationId!];
  limited = headersOf(await personOf(api, "operator", { registrationIds }));
});
afterAll(() => api.stop());

const FORGED = "better-auth.session_token=made-up.c2lnbmF0dXJl";

describe.each(actions)("$folder $name", ({ folder, name, door }) => {
  const [needs, reach] = door;

  test("is nothing for who is not signed in, with whatever key", async () => {
    for (const [who, headers] of Object.entries(strangers)) {
      const asked = await act({ folder, name, door }, headers, own);
      expect({ who, code: asked }).toEqual({ who, code: "operation.not_signed_in" });
    }
  });

  test(`needs ${needs}`, async () => {
    for (const [who, somebody] of Object.entries(people)) {
      const may = somebody.rights.includes(needs);
      // Who may not, is refused for what is there; who may, acts on what is not.
      const code = await act({ folder, name, door }, headersOf(somebody), may ? {} : own);
      const isRefused = code === "operation.not_permitted";
      expect({ who, isRefused, code }).toEqual({ who, isRefused: !may, code });
      expect(code).not.toBe("operation.not_signed_in");
      expect(code).not.toBe("the form is wrong");
    }
  });

  test(`reaches ${reach === "object" ? "objects of one's own registrations" : reach}`, async () => {
    const code = await act({ folder, name, door }, limited, foreign);
    if (needs === "admin" || reach === "everywhere") expect(code).toBe("operation.not_permitted");
    else if (reach === "object") expect(code).toBe("operation.not_found");
    else expect(code).not.toBe("operation.not_permitted");
  });
});
