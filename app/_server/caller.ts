import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { noteFacts } from "#lib/auth/request-facts.ts";
import type { Operator } from "#lib/auth/sign-in/store.ts";
import type { Asker } from "#lib/operations/caller.ts";
import { getRuntime } from "#lib/runtime.ts";
import { originOf } from "./request-origin.ts";
import { requireActor, requirePageActor } from "./session/session.ts";

/**
 * The caller behind a page; sends visitors to the sign-in page, and from there to `returnTo`, and
 * who needs a second factor first to the page that sets it up.
 */
export async function pageCaller(returnTo?: string): Promise<Asker> {
  const actor = await requirePageActor(returnTo);
  if (actor.session?.mustSetUp) redirect("/second-factor");
  return askerOf(actor);
}

/** The same for the page that sets a second factor up. */
export async function settingUpCaller(): Promise<Asker> {
  return askerOf(await requirePageActor("/second-factor"));
}

/** @throws NotSignedIn  the session is missing or has ended */
export async function actionCaller(): Promise<Asker> {
  return askerOf(await requireActor());
}

async function askerOf(actor: Operator): Promise<Asker> {
  const request = originOf(await headers());
  noteFacts(request.id, { actor: `operator ${actor.id}` });
  return (await getRuntime()).askerFor(actor, request);
}
