import { AsyncLocalStorage } from "node:async_hooks";
import { pathToFileURL } from "node:url";
import type { FormState } from "#components/forms/form-state.ts";
import { actionFiles } from "../../../architecture/acts/action-files.ts";
import { NOBODY, type Objects } from "../stage.ts";
import { ACTION_DOORS, type ActionDoor, type Form } from "./table.ts";

/** What Next gives an action of the request that it answers; a test mocks `next/headers` by it. */
export const request = new AsyncLocalStorage<{ headers: Headers }>();

type Action = (previous: FormState<never> | FormData, form: FormData) => Promise<unknown>;

/** Every server action of the console. */
export const actions = Object.entries(ACTION_DOORS).flatMap(([folder, acts]) =>
  Object.entries(acts).map(([name, door]) => ({ folder, name, door })),
);
const files = new Map(actionFiles().map(({ folder, file }) => [folder, file]));

export type Called = { folder: string; name: string; door: ActionDoor };

/** The code that an action answers with, or where it leads. */
export async function act(called: Called, headers: Headers, objects: Objects): Promise<string> {
  const { folder, name, door } = called;
  const { href } = pathToFileURL(files.get(folder)!);
  const found = (await import(href)) as Record<string, Action>;
  const form = formOf(door[2], objects);
  const first = name === "keepAndGoBack" ? form : { status: "idle" as const };
  try {
    const answer = await request.run({ headers }, () => found[name]!(first as FormData, form));
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
