import { randomBytes } from "node:crypto";
import { actorName } from "#lib/auth/actor.ts";
import { transaction } from "#lib/db/client.ts";
import { feedPersonErased } from "#lib/db/feed/entries.ts";
import type { ErasedPerson as Stored } from "#lib/db/generated/client.ts";
import { eraseEverywhere, type Touched } from "#lib/db/privacy/erase.ts";
import { listErased, rememberErased } from "#lib/db/privacy/erased.ts";
import { everythingOf } from "#lib/db/privacy/export.ts";
import { audit } from "../audit/trail.ts";
import type { Asker } from "../caller.ts";
import { NotFound, NotPermitted } from "../errors.ts";
import { permit, permitProven, seesNames } from "../permit.ts";
import { validated } from "../validated.ts";
import { PersonInput, type ErasedPerson, type PersonExport } from "./schema.ts";

const MOST_ERASED = 500;

/**
 * Everything that is held of a person, for them to be given.
 *
 * @throws NotFound      nothing is held of anybody with this user ID
 * @throws NotPermitted  names are not for the asker to see
 */
export async function exportPerson(asker: Asker, input: PersonInput): Promise<PersonExport> {
  const caller = await permit(asker, "admin", "everywhere");
  const person = validated(PersonInput, input);
  return transaction(caller.db, async (tx) => {
    const held = await everythingOf(tx, person);
    if (Object.keys(held.rows).length === 0 && held.mentions.length === 0)
      throw new NotFound("person", person.userId);
    if (!seesNames(caller.actor)) throw new NotPermitted("read:names");
    // Who was asked about stays out of it: it would be one more copy.
    await audit(tx, caller, {
      action: "person.export",
      object: "registration",
      objectId: person.registrationId,
    });
    return { ...person, exportedAt: caller.now().toISOString(), ...held };
  });
}

/**
 * Erases a person everywhere. Scores and memberships are kept under a pseudonym; scores that wait
 * are not sent. Applications that follow the feed are told, by hash. A roster that lists the person
 * again is noticed.
 *
 * @throws NotFound  nothing is held of anybody with this user ID
 */
export async function erasePerson(asker: Asker, input: PersonInput): Promise<ErasedPerson> {
  const caller = await permitProven(asker, "admin", "everywhere");
  const person = validated(PersonInput, input);
  const { registrationId, userId } = person;
  const pseudonym = `erased:${randomBytes(8).toString("hex")}`;
  const stored = await transaction(caller.db, async (tx) => {
    const { touched, auditEntries } = await eraseEverywhere(tx, person, pseudonym);
    if (Object.keys(touched).length === 0) throw new NotFound("person", userId);
    const by = actorName(caller.actor);
    const erased = await rememberErased(tx, person, { pseudonym, touched, by });
    await feedPersonErased(tx, erased);
    await audit(tx, caller, {
      action: "person.erase",
      object: "registration",
      objectId: registrationId,
      detail: { pseudonym, touched, auditEntries },
    });
    return erased;
  });
  return viewOf(stored);
}

/** Who was erased, by pseudonym; and whom a roster lists again. */
export async function listErasedPeople(asker: Asker): Promise<{ items: ErasedPerson[] }> {
  const { db } = await permit(asker, "admin", "everywhere");
  const erased = await listErased(db, MOST_ERASED);
  return { items: erased.map(viewOf) };
}

function viewOf(stored: Stored): ErasedPerson {
  const { id, registrationId, pseudonym, erasedBy, erasedAt, listedAgainAt } = stored;
  return {
    id,
    registrationId,
    pseudonym,
    touched: stored.report as Touched,
    erasedBy,
    erasedAt: erasedAt.toISOString(),
    listedAgainAt: listedAgainAt?.toISOString() ?? null,
  };
}
