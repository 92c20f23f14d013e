import type { Actor } from "#lib/auth/actor.ts";
import type { Right } from "#lib/auth/rights.ts";
import { NotPermitted } from "../errors.ts";
import { mayDo } from "../permit.ts";

/**
 * Nobody gives another person or key a right that they do not have.
 *
 * @throws NotPermitted  naming the first such right
 */
export function handsOn(actor: Actor, rights: readonly Right[]): void {
  const missing = rights.find((right) => !mayDo(actor, right));
  if (missing) throw new NotPermitted(missing, "more_than_own");
}
