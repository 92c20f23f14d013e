import { createHmac } from "node:crypto";
import { type Db, transaction } from "#lib/db/client.ts";
import * as stored from "#lib/db/system/idempotency.ts";
import { type Asker, askerWithin, type Caller, withheldFrom } from "../caller.ts";
import { IdempotencyInProgress, IdempotencyMismatch } from "../errors.ts";

/** An answer over HTTP; `location` is below /api/v1. */
export type GivenAnswer = { status: number; body: unknown; location?: string };

export type OnceRequest = {
  key: string;
  /** All of what was asked; under the same key it must be the same. */
  content: unknown;
  /** It asks a platform on the way, so no transaction may stay open meanwhile. */
  asksPlatform: boolean;
  /** Its answer must not be readable in the database. */
  tellsSecret: boolean;
};

const KEPT_MS = 7 * 86_400_000;
/** Longer than a platform is waited for; then whoever began is taken to be gone. */
const LONGEST_MS = 3 * 60_000;
const PURPOSE = "idempotency answer";

/**
 * Acts once for each key of a caller within seven days; the same request under the same key is
 * answered the same, and one that failed may be tried again. The answer is stored in the
 * transaction of the act, or, where the act asks a platform, right after it.
 *
 * @throws IdempotencyMismatch    the key was used for another request
 * @throws IdempotencyInProgress  the first request, which asks a platform, has no answer yet
 */
export async function once(
  asker: Asker,
  request: OnceRequest,
  act: (asker: Asker) => Promise<GivenAnswer>,
): Promise<GivenAnswer & { isReplay: boolean }> {
  const { actor, now, settings } = asker;
  const keeper = { actor, now, settings, ...withheldFrom(asker) };
  const answering = request.asksPlatform ? actBetween : actWithin;
  // The act is the asker's own, and asks for its permission itself.
  return answering(keeper, request, (db) => act(askerWithin(asker, db)));
}

type Once = (
  caller: Caller,
  request: OnceRequest,
  act: (db: Db) => Promise<GivenAnswer>,
) => Promise<GivenAnswer & { isReplay: boolean }>;

const actWithin: Once = (caller, request, act) =>
  transaction(caller.db, async (tx) => {
    const earlier = await earlierAnswer(tx, caller, request);
    if (earlier && isAnswered(earlier)) return replayed(caller, earlier);
    const answer = await act(tx);
    await keep(tx, caller, request, answer);
    return { ...answer, isReplay: false };
  });

const actBetween: Once = async (caller, request, act) => {
  const at = caller.now();
  const earlier = await transaction(caller.db, async (tx) => {
    const found = await earlierAnswer(tx, caller, request);
    if (found && isAnswered(found)) return found;
    const retryAt = found && new Date(found.createdAt.getTime() + LONGEST_MS);
    if (retryAt && retryAt > at) throw new IdempotencyInProgress(request.key, retryAt);
    await stored.beginAnswer(tx, {
      ...keyOf(caller, request),
      requestHash: hashOf(caller, request),
      at,
    });
    return null;
  });
  if (earlier) return replayed(caller, earlier);
  try {
    const answer = await act(caller.db);
    await keep(caller.db, caller, request, answer);
    return { ...answer, isReplay: false };
  } catch (error) {
    await stored.forgetAnswer(caller.db, keyOf(caller, request));
    throw error;
  }
};

async function earlierAnswer(tx: Db, caller: Caller, request: OnceRequest) {
  const since = new Date(caller.now().getTime() - KEPT_MS);
  const earlier = await stored.claimIdempotencyKey(tx, { ...keyOf(caller, request), since });
  if (earlier && earlier.requestHash !== hashOf(caller, request)) {
    throw new IdempotencyMismatch(request.key);
  }
  return earlier;
}

async function keep(
  tx: Db,
  caller: Caller,
  request: OnceRequest,
  { status, location, body }: GivenAnswer,
): Promise<void> {
  const text = JSON.stringify(body);
  const response = request.tellsSecret
    ? { sealed: caller.engine.sealer.seal(text, PURPOSE) }
    : (JSON.parse(text) as object);
  const requestHash = hashOf(caller, request);
  await stored.storeAnswer(tx, {
    ...keyOf(caller, request),
    requestHash,
    response,
    status,
    location,
  });
}

function replayed(
  caller: Caller,
  { status, location, response }: stored.StoredAnswer,
): GivenAnswer & { isReplay: boolean } {
  return {
    status: status ?? 202,
    body: opened(caller, response),
    location: location ?? undefined,
    isReplay: true,
  };
}

/** Rows of an earlier version have no status; all of them were answered, with 202. */
function isAnswered({ status, response }: stored.StoredAnswer): boolean {
  return status !== null || response !== null;
}

function opened(caller: Caller, response: unknown): unknown {
  if (typeof response !== "object" || response === null || !("sealed" in response)) return response;
  return JSON.parse(caller.engine.sealer.unseal(String(response.sealed), PURPOSE)) as unknown;
}

function keyOf({ actor }: Caller, { key }: OnceRequest): stored.KeyOfCaller {
  return { actor: `${actor.kind}:${actor.id}`, key };
}

/** Keyed, for a request may hold a password that somebody could guess the hash of. */
function hashOf({ engine }: Caller, { content }: OnceRequest): string {
  return createHmac("sha256", engine.sealer.keyFor(PURPOSE))
    .update(JSON.stringify(content))
    .digest("hex");
}
