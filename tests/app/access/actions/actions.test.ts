import { AsyncLocalStorage } from "node:async_hooks";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import type { FormState } from "#components/forms/form-state.ts";
import { RIGHTS } from "#lib/auth/rights.ts";
import { actionFiles } from "../../../architecture/acts/action-files.ts";
import { startApi, type Api } from "#tests/support/api.ts";
import {
  keyOf,
  NOBODY,
  objectsOfOneRegistration,
  personOf,
  type Objects,
  type Somebody,
} from "../stage.ts";
import { ACTION_DOORS, type ActionDoor, type Form } from "./table.ts";

/** What Next gives an action of the request that it answers. */
const request = new AsyncLocalStorage<{ headers: Headers }>();
vi.mock("next/headers", () => ({
  headers: async () => request.getStore()!.headers,
  cookies: async () => ({ set: () => {} }),
}));

type Action = (previous: FormState<never> | FormData, form: FormData) => Promise<unknown>;

const doors = Object.entries(ACTION_DOORS).flatMap(([folder, acts]) =>
  Object.entries(acts).map(([name, door]) => ({ folder, name, door })),
);
const files = new Map(actionFiles().map(({ folder, file }) => [folder, file]));

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
  own = await objectsOfOneRegistration(api);
  foreign = await objectsOfOneRegistration(api);
  const registrationIds = [own.registrationId!];
  limited = headersOf(await personOf(api, "operator", { registrationIds }));
});
afterAll(() => api.stop());

const FORGED = "better-auth.session_token=made-up.c2lnbmF0dXJl";

describe.each(doors)("$folder $name", ({ folder, name, door }) => {
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

type Called = { folder: string; name: string; door: ActionDoor };

/** The code that an action answers with, or where it leads. */
async function act(called: Called, headers: Headers, objects: Objects): Promise<string> {
  const { folder, name, door } = called;
  const { href } = pathToFileURL(files.get(folder)!);
  const actions = (await import(href)) as Record<string, Action>;
  const form = formOf(door[2], objects);
  const first = name === "keepAndGoBack" ? form : { status: "idle" as const };
  try {
    const answer = await request.run({ headers }, () => actions[name]!(first as FormData, form));
    const { code, status, problem } = answer as FormState<never>;
    return code === "operation.invalid_input" && !problem ? "the form is wrong" : (code ?? status);
  } catch (error) {
    const { code, digest, message } = error as { code?: string; digest?: string; message: string };
    return code ?? digest ?? message;
  }
}

function formOf(fields: Form, objects: Objects): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields))
    form.set(name, typeof value === "string" ? filled(value, objects) : value);
  return form;
}

function filled(text: string, objects: Objects): string {
  return text.replaceAll(/\{(\w+)\}/g, (_, name: string) => objects[name] ?? NOBODY);
}
