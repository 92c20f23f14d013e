import type { Asker } from "#lib/operations/caller.ts";
import { getRuntime } from "#lib/runtime.ts";
import { requireActor, requirePageActor } from "./session.ts";

/** The caller behind a page; sends visitors to the sign-in page, and from there to `returnTo`. */
export async function pageCaller(returnTo?: string): Promise<Asker> {
  const actor = await requirePageActor(returnTo);
  return (await getRuntime()).askerFor(actor);
}

/** @throws NotSignedIn  the session is missing or has ended */
export async function actionCaller(): Promise<Asker> {
  const actor = await requireActor();
  return (await getRuntime()).askerFor(actor);
}
