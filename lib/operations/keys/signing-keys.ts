import { transaction, type Db } from "#lib/db/client.ts";
import type { JwksFetch, SigningKey } from "#lib/db/generated/client.ts";
import { listJwksFetches } from "#lib/db/keys/jwks-fetches.ts";
import * as stored from "#lib/db/keys/signing-keys.ts";
import { audit } from "../audit/trail.ts";
import type { Asker, Caller } from "../caller.ts";
import { permit, permitProven } from "../permit.ts";
import { Conflict, NotFound } from "../errors.ts";
import type { SigningKeyList, SigningKeyView } from "./schema.ts";

/** A platform that keeps our key set for ten minutes has read it again by then, several times. */
const PUBLISHED_FIRST_MS = 3_600_000;
/** What the old key signed is long over; platforms that keep key sets for a day are not hurt. */
const OVERLAP_MS = 86_400_000;
const SHOWN_FETCHES = 50;

/** Our key pairs, and who has read our key set. */
export async function listSigningKeys(asker: Asker): Promise<SigningKeyList> {
  const caller = await permit(asker, "read", "everywhere");
  const { db } = caller;
  const [keys, fetches] = await Promise.all([
    stored.listSigningKeys(db),
    listJwksFetches(db, SHOWN_FETCHES),
  ]);
  const active = signingKeyOf(keys);
  return {
    keysetUrl: `${caller.settings.publicUrl}/lti/jwks`,
    keys: keys.map((key) => viewOf(key, { keys, fetches })),
    fetches: fetches.map(({ kids, firstAt, lastAt, address, userAgent, fetches: count }) => ({
      address,
      userAgent,
      fetches: count,
      firstAt: firstAt.toISOString(),
      lastAt: lastAt.toISOString(),
      hasSigningKey: active !== undefined && kids.includes(active.kid),
    })),
  };
}

/** Publishes a new key that signs nothing yet. @throws Conflict  one is prepared already */
export async function prepareSigningKey(asker: Asker): Promise<SigningKeyList> {
  const caller = await permitProven(asker, "admin", "everywhere");
  const key = await caller.engine.makeSigningKey();
  return changing(caller, async (tx, keys) => {
    if (nextKeyOf(keys)) throw new Conflict("a next key is prepared already");
    await stored.insertSigningKey(tx, key, null);
    return { action: "signing_key.prepare", kid: key.kid };
  });
}

/** Signs with the prepared key from now on. @throws Conflict  none is, or it is too new */
export async function switchSigningKey(asker: Asker): Promise<SigningKeyList> {
  const caller = await permitProven(asker, "admin", "everywhere");
  return changing(caller, async (tx, keys) => {
    const next = nextKeyOf(keys);
    if (!next) throw new Conflict("no next key is prepared");
    if (caller.now() < mayChangeAt(next, keys)!) {
      throw new Conflict("platforms may not have read the next key yet, wait an hour");
    }
    await stored.activateSigningKey(tx, next.kid, caller.now());
    return { action: "signing_key.switch", kid: next.kid };
  });
}

/** Stops publishing a key. @throws Conflict  it signs, or signed a moment ago */
export async function retireSigningKey(
  asker: Asker,
  { kid }: { kid: string },
): Promise<SigningKeyList> {
  const caller = await permitProven(asker, "admin", "everywhere");
  return changing(caller, async (tx, keys) => {
    const key = keys.find((each) => each.kid === kid);
    if (!key || key.retiredAt) throw new NotFound("signing key", kid);
    if (key === signingKeyOf(keys)) throw new Conflict("this key signs, switch to another first");
    const isNext = key.activatedAt === null;
    if (!isNext && caller.now() < mayChangeAt(key, keys)!) {
      throw new Conflict("platforms may still need this key, wait a day after the switch");
    }
    await stored.retireSigningKeys(tx, [kid], caller.now());
    return { action: "signing_key.retire", kid };
  });
}

/**
 * For a key that leaked: makes a new one, signs with it at once and withdraws all others. A
 * platform that keeps our key set refuses us until it reads it again.
 */
export async function replaceSigningKeys(asker: Asker): Promise<SigningKeyList> {
  const caller = await permitProven(asker, "admin", "everywhere");
  const key = await caller.engine.makeSigningKey();
  return changing(caller, async (tx, keys) => {
    const published = keys.filter(({ retiredAt }) => retiredAt === null);
    await stored.insertSigningKey(tx, key, caller.now());
    await stored.retireSigningKeys(
      tx,
      published.map(({ kid }) => kid),
      caller.now(),
    );
    return { action: "signing_key.replace", kid: key.kid };
  });
}

async function changing(
  caller: Caller,
  change: (tx: Db, keys: SigningKey[]) => Promise<{ action: string; kid: string }>,
): Promise<SigningKeyList> {
  await transaction(caller.db, async (tx) => {
    const { action, kid } = await change(tx, await stored.lockSigningKeys(tx));
    await audit(tx, caller, { action, object: "signing_key", objectId: kid });
  });
  return listSigningKeys(caller);
}

function signingKeyOf(keys: readonly SigningKey[]): SigningKey | undefined {
  const usable = keys.filter(({ activatedAt, retiredAt }) => activatedAt && !retiredAt);
  const time = ({ activatedAt }: SigningKey) => activatedAt?.getTime() ?? 0;
  return usable.sort((one, other) => time(other) - time(one))[0];
}

function nextKeyOf(keys: readonly SigningKey[]): SigningKey | undefined {
  return keys.find(({ activatedAt, retiredAt }) => !activatedAt && !retiredAt);
}

/** When a next key may sign, or a previous one may go; null for the others. */
function mayChangeAt(key: SigningKey, keys: readonly SigningKey[]): Date | null {
  const active = signingKeyOf(keys);
  if (key.retiredAt || key === active) return null;
  const since = key.activatedAt ? active?.activatedAt : key.createdAt;
  const waitMs = key.activatedAt ? OVERLAP_MS : PUBLISHED_FIRST_MS;
  return since ? new Date(since.getTime() + waitMs) : null;
}

function viewOf(
  key: SigningKey,
  { keys, fetches }: { keys: SigningKey[]; fetches: JwksFetch[] },
): SigningKeyView {
  return {
    kid: key.kid,
    state: stateOf(key, keys),
    createdAt: key.createdAt.toISOString(),
    activatedAt: key.activatedAt?.toISOString() ?? null,
    retiredAt: key.retiredAt?.toISOString() ?? null,
    mayChangeAt: mayChangeAt(key, keys)?.toISOString() ?? null,
    fetchedBy: fetches.filter(({ kids }) => kids.includes(key.kid)).length,
  };
}

function stateOf(key: SigningKey, keys: readonly SigningKey[]): SigningKeyView["state"] {
  if (key.retiredAt) return "retired";
  if (key === signingKeyOf(keys)) return "signing";
  return key.activatedAt ? "previous" : "next";
}
