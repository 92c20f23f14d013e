import type { Access } from "./rights.ts";

/** Who asks: a signed-in operator, an integration with an API key, or Rollbook itself. */
export type Actor =
  | {
      kind: "operator";
      id: string;
      name: string;
      email: string;
      access: Access;
      /** The session that speaks for the person. */
      session?: OperatorSession;
    }
  | { kind: "api_key"; id: string; name: string; access: Access }
  | { kind: "system"; id: "system"; name: string };

export type OperatorSession = {
  id: string;
  /** Whether more than a password stands behind it. */
  hasSecondFactor: boolean;
  /** When the person last proved who they are. */
  provenAt: Date;
  /** A second factor is asked of this person, and there is none yet: nothing else can be done. */
  mustSetUp: boolean;
};

/** What happens of itself: at the start, by what the environment says, or in the background. */
export const ROLLBOOK: Actor = { kind: "system", id: "system", name: "Rollbook" };

/** The name written into runs and the audit log. */
export function actorName(actor: Actor): string {
  return actor.kind === "api_key" ? `API key ${actor.name}` : actor.name;
}
