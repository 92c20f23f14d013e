import type { AskedForNew, AskedForUse } from "#lib/operations/passkeys/schema.ts";

/** The library that speaks to devices is loaded where a button was pressed, not with the page. */
const library = () => import("@simplewebauthn/browser");

/** What a passkey of this device, or of a phone beside it, answers. */
export async function answerOf({ options, state }: AskedForUse): Promise<FormData> {
  const { startAuthentication } = await library();
  return answer(state, await startAuthentication({ optionsJSON: options }));
}

/** A new passkey, as this device made it. */
export async function newPasskeyOf({ options, state }: AskedForNew): Promise<FormData> {
  const { startRegistration } = await library();
  return answer(state, await startRegistration({ optionsJSON: options }));
}

function answer(state: string, response: object): FormData {
  const form = new FormData();
  form.set("state", state);
  form.set("response", JSON.stringify(response));
  return form;
}

/** Why nothing came of it, as the browser says it by the name of its error. */
export function failureWords(error: unknown): string {
  const name = error instanceof Error ? error.name : "";
  return WORDS[name] ?? "this browser could not ask for a passkey";
}

const WORDS: Partial<Record<string, string>> = {
  NotAllowedError:
    "no passkey came: the question was closed, took too long, or there is none here for this page",
  AbortError: "the question was closed: try again",
  InvalidStateError: "this device has a passkey of yours already",
  SecurityError: "passkeys cannot be used at this address",
};
