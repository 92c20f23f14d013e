import { headers } from "next/headers";
import type { AskedForUse } from "#lib/auth/passkeys/passkeys.ts";
import type { Proof } from "#lib/auth/second-factor/proof.ts";
import { getRuntime } from "#lib/runtime.ts";
import { originOf } from "../request-origin.ts";
import { answerWith, counted, requireActor } from "./session.ts";

/** Who is signed in proves once more who they are; every try is on record. */
export async function proveAgain(proof: Proof): Promise<void> {
  const { security, signIn: door } = await getRuntime();
  const sent = await headers();
  const actor = await requireActor();
  const answer = await counted(sent, () => door.proveAgain(proof, sent));
  const entry = { action: "sign_in.prove_again", object: "operator", objectId: actor.id };
  await security.record(
    { actor, request: originOf(sent) },
    { ...entry, detail: { by: by(proof) } },
  );
  await answerWith(answer);
}

/** What the browser asks a device of who is signed in. */
export async function askPasskeyAgain(): Promise<AskedForUse> {
  const { signIn: door } = await getRuntime();
  await requireActor();
  return door.askPasskeyAgain(await headers());
}

function by(proof: Proof): string {
  if ("provenTo" in proof) return "single sign-on";
  if ("passkey" in proof) return "passkey";
  return "code" in proof ? "code" : "password";
}
