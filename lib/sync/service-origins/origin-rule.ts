import { insertAuditEntry } from "#lib/db/audit/entries.ts";
import { notify } from "#lib/db/changes.ts";
import { transaction, type Db } from "#lib/db/client.ts";
import { insertServiceOrigins, originStates } from "#lib/db/registrations/service-origins.ts";
import type { OriginRule, OriginState } from "#lib/lti/index.ts";

/** So long an approval counts without another look: what an admin takes back ends within it. */
const FRESH_MS = 2_000;

/** Where the tokens of a registration may go, as the database has it. */
export type OriginRules = (registrationId: string) => OriginRule;

/**
 * Answers by what was decided about an origin. One that nobody named before waits for approval
 * from then on, so that no way by which an address comes can forget to ask.
 */
export function createOriginRules({ db }: { db: Db }): OriginRules {
  const known = new Map<string, { atMs: number; states: Map<string, OriginState> }>();

  async function read(registrationId: string): Promise<Map<string, OriginState>> {
    const states = await originStates(db, registrationId);
    known.set(registrationId, { atMs: performance.now(), states });
    return states;
  }

  return (registrationId) => async (origin) => {
    const kept = known.get(registrationId);
    const isFresh = kept !== undefined && performance.now() - kept.atMs < FRESH_MS;
    if (isFresh && kept.states.get(origin) === "approved") return "approved";
    // An approval counts at once.
    const state = (await read(registrationId)).get(origin);
    if (state === undefined) await announce(db, registrationId, origin);
    return state ?? "pending";
  };
}

async function announce(db: Db, registrationId: string, origin: string): Promise<void> {
  const waiting = {
    state: "pending",
    source: "platform",
    decidedBy: null,
    decidedAt: null,
  } as const;
  await transaction(db, async (tx) => {
    const added = await insertServiceOrigins(tx, registrationId, [origin], waiting);
    if (added.length === 0) return;
    await insertAuditEntry(tx, {
      actor: "Rollbook",
      source: "system",
      action: "service_origin.announce",
      object: "registration",
      objectId: registrationId,
      detail: { origin, namedBy: waiting.source },
    });
    await notify(tx, { registrationId });
  });
}
