import { headers } from "next/headers";
import { noteFacts } from "#lib/auth/request-facts.ts";
import type { Operator } from "#lib/auth/sign-in/store.ts";
import type { Asker } from "#lib/operations/caller.ts";
import { getRuntime } from "#lib/runtime.ts";
import { originOf } from "./request-origin.ts";
import { requireActor, requirePageActor } from "./session/session.ts";

/** The caller behind a page; sends visitors to the sign-in page, and from there to `returnTo`. */
export async function pageCaller(returnTo?: string): Promise<Asker> {
  return askerOf(await requirePageActor(returnTo));
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
