import type { Actor } from "#lib/auth/actor.ts";
import { hasPasskey } from "#lib/db/sign-in/passkeys.ts";
import type { Caller } from "../caller.ts";
import { Conflict, ProofNeeded } from "../errors.ts";

export type Person = Extract<Actor, { kind: "operator" }>;

/** The person who asks. @throws Conflict  an API key has no second factor */
export function personIn({ actor }: Pick<Caller, "actor">): Person {
  if (actor.kind !== "operator") throw new Conflict("only a person has a second factor");
  return actor;
}

/**
 * Who has a passkey changes their second factors with it: else the password alone would do to set
 * up another one. An app needs no look here, as its code is asked at each sign-in.
 *
 * @throws ProofNeeded  by a passkey
 */
export async function requireOwnFactor(caller: Caller): Promise<void> {
  const { id, session } = personIn(caller);
  if (!session?.hasSecondFactor && (await hasPasskey(caller.db, id)))
    throw new ProofNeeded(["passkey"]);
}
