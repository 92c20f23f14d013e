import type { Registration } from "#lib/db/generated/client.ts";
import type { Caller } from "#lib/operations/caller.ts";
import { beginLogin, completeLaunch, type LaunchOutcome } from "#lib/operations/launches/index.ts";
import type { PlatformClient } from "./platform/index.ts";

export type Launching = { caller: Caller; platform: PlatformClient; registration: Registration };

type Plan = Omit<Parameters<PlatformClient["startLaunch"]>[0], "clientId">;

/** A whole launch with the simulator, step by step as a browser takes it. */
export async function launchThrough(
  { caller, platform, registration }: Launching,
  plan: Plan,
): Promise<LaunchOutcome> {
  const { clientId } = registration;
  const { parameters } = await platform.startLaunch({ clientId, ...plan });
  const login = await beginLogin(caller, new URLSearchParams(parameters));
  const form = await postedBy(login.authenticationUrl);
  return completeLaunch(caller, { form, keptState: login.state });
}

/** What the platform's page has the browser post to the tool. */
export async function postedBy(authenticationUrl: string): Promise<URLSearchParams> {
  const reply = await fetch(authenticationUrl);
  return formOf(await reply.text());
}

/** The fields of the form that the platform's page posts. */
function formOf(page: string): URLSearchParams {
  const fields = [...page.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)">/g)];
  return new URLSearchParams(fields.map(([, name = "", value = ""]) => [name, value]));
}
