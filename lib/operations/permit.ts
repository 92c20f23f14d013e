import type { Actor } from "#lib/auth/actor.ts";
import { includesRight, RIGHTS, type Right } from "#lib/auth/rights.ts";
import { registrationOf, type PlaceKey } from "#lib/db/registrations/place.ts";
import { type Asker, type Caller, WITHHELD } from "./caller.ts";
import { NotFound, NotPermitted, SecondFactorNeeded } from "./errors.ts";
import { Id } from "./fields.ts";
import { requireProof } from "./sessions/proof.ts";

/** `launch`: for what platforms and launched people ask, which Rollbook itself answers. */
export type Need = Right | "launch";

/**
 * Where an operation acts:
 * - everywhere: on the installation as a whole, so that who is limited to registrations may not;
 * - within: on a list that the operation itself narrows by `registrationsOf`;
 * - own: on what belongs to the asker alone;
 * - IDs: on objects, each of which has to belong to a registration of the asker.
 */
export type Place = "everywhere" | "within" | "own" | { [Key in PlaceKey]?: string };

/**
 * The one place where permissions are asked: every operation begins with it, and gets database
 * and engine from it. Who is a caller already was permitted by the operation that calls.
 *
 * @throws NotPermitted  the asker lacks the right, or is limited to registrations
 * @throws NotFound      the object belongs to a registration that is not for the asker to see
 * @throws SecondFactorNeeded  it is asked of the person, who sets it up before anything else
 */
export async function permit(asker: Asker, need: Need, place: Place): Promise<Caller> {
  if (!(WITHHELD in asker)) return asker;
  const { [WITHHELD]: withheld, ...known } = asker;
  if (!mayDo(asker.actor, need)) throw new NotPermitted(need);
  if (mustSetUp(asker.actor) && !(need === "read" && place === "own"))
    throw new SecondFactorNeeded();
  const caller = { ...known, ...withheld };
  const registrationIds = registrationsOf(asker.actor);
  if (registrationIds === null || place === "within" || place === "own") return caller;
  if (place === "everywhere") throw new NotPermitted(need, "all_registrations");
  await requirePlace(caller, place, registrationIds);
  return caller;
}

/**
 * The same for what must not be done by whoever finds a browser open: a person who last proved too
 * long ago who they are is asked once more. API keys are no session, and are not asked.
 *
 * @throws ProofNeeded
 */
export async function permitProven(asker: Asker, need: Need, place: Place): Promise<Caller> {
  const caller = await permit(asker, need, place);
  await requireProof(caller);
  return caller;
}

/** A person of whom a second factor is asked, and who has none yet. */
function mustSetUp(actor: Actor): boolean {
  return actor.kind === "operator" && actor.session?.mustSetUp === true;
}

/** Whether an actor has a right, wherever it is limited to. */
export function mayDo(actor: Actor, need: Need): boolean {
  if (actor.kind === "system") return true;
  return need !== "launch" && includesRight(actor.access.rights, need);
}

/** All that an actor may do, with what `admin` includes. */
export function rightsOf(actor: Actor): Right[] {
  return RIGHTS.filter((right) => mayDo(actor, right));
}

/** The registrations an actor is limited to; null: all of them. */
export function registrationsOf(actor: Actor): readonly string[] | null {
  return actor.kind === "system" ? null : actor.access.registrationIds;
}

/** Whether names, e-mail addresses and pictures of people in rosters are for this actor. */
export function seesNames(actor: Actor): boolean {
  return mayDo(actor, "read:names");
}

async function requirePlace(
  { db }: Caller,
  place: Exclude<Place, string>,
  registrationIds: readonly string[],
): Promise<void> {
  const named = (Object.entries(place) as [PlaceKey, string | undefined][]).filter(
    (entry): entry is [PlaceKey, string] => entry[1] !== undefined,
  );
  if (named.length === 0) throw new NotPermitted("read", "all_registrations");
  for (const [key, id] of named) {
    const isId = Id.safeParse(id).success;
    const registrationId = isId ? await registrationOf(db, key, id) : null;
    // What is elsewhere looks like what is not there.
    if (registrationId === null || !registrationIds.includes(registrationId))
      throw new NotFound(NAMES[key], id);
  }
}

const NAMES: Record<PlaceKey, string> = {
  registrationId: "registration",
  courseId: "course",
  runId: "run",
  holdId: "hold",
  scheduleId: "schedule",
  lineItemId: "line item",
  operationId: "operation",
};
