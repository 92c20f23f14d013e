import { transaction, type Db } from "../client.ts";
import { SPREAD_OUT } from "../runs/runs.ts";
import { lock } from "../locks/locks.ts";
import { idRow, row, type RowOf } from "../rows/shape.ts";
import { float8, int4, text, timestamptz, uuid } from "../rows/types.ts";
import { Prisma } from "../generated/client.ts";

const pacingRow = row({
  notBefore: timestamptz.nullable,
  reason: text.nullable,
  failures: int4,
  circuitOpenedAt: timestamptz.nullable,
  rateLimitRemaining: float8.nullable,
});

/** How far a platform is to be left alone, shared by all processes. */
export type PlatformPacing = RowOf<typeof pacingRow>;

const slotRow = row({
  runId: uuid,
  slots: int4,
  wanted: int4,
  since: timestamptz,
});

export type SlotRow = RowOf<typeof slotRow>;

const PACING_COLUMNS = `not_before AS "notBefore", reason, failures,
  circuit_opened_at AS "circuitOpenedAt", rate_limit_remaining AS "rateLimitRemaining"`;

export async function platformPacing(
  db: Db,
  registrationId: string,
): Promise<PlatformPacing | null> {
  const rows = await db.rows(
    pacingRow,
    `SELECT ${PACING_COLUMNS} FROM platform_pacing WHERE registration_id = $1`,
    [registrationId],
  );
  return rows[0] ?? null;
}

/** Nothing is sent to the platform before `until`; an earlier moment than the known one changes nothing. */
export async function coolPlatformDown(
  db: Db,
  registrationId: string,
  coolDown: { until: Date; reason: string },
): Promise<void> {
  await db.execute(
    `INSERT INTO platform_pacing AS p (registration_id, not_before, reason) VALUES ($1, $2, $3)
     ON CONFLICT (registration_id) DO UPDATE SET
       not_before = excluded.not_before, reason = excluded.reason, updated_at = now()
     WHERE p.not_before IS NULL OR p.not_before < excluded.not_before`,
    [registrationId, coolDown.until, coolDown.reason],
  );
}

const failuresRow = row({ failures: int4 });

/** Counts one more failure in a row; several runs that fail in the same second count as one. */
export async function countFailure(db: Db, registrationId: string): Promise<number> {
  const rows = await db.rows(
    failuresRow,
    `INSERT INTO platform_pacing AS p (registration_id, failures) VALUES ($1, 1)
     ON CONFLICT (registration_id) DO UPDATE SET
       failures = p.failures + CASE WHEN p.failures > 0 AND p.updated_at > now() - interval '1 second'
                                    THEN 0 ELSE 1 END,
       updated_at = now()
     RETURNING failures`,
    [registrationId],
  );
  return rows[0]!.failures;
}

export async function openCircuit(db: Db, registrationId: string): Promise<void> {
  await db.execute(
    `UPDATE platform_pacing SET circuit_opened_at = coalesce(circuit_opened_at, now())
      WHERE registration_id = $1`,
    [registrationId],
  );
}

/**
 * The platform answered: failures are forgotten and the circuit closes. What it asked for is
 * kept: the answer may be to a call that was under way when it did.
 */
export async function closeCircuit(db: Db, registrationId: string): Promise<void> {
  await db.execute(
    `UPDATE platform_pacing SET failures = 0, circuit_opened_at = NULL, updated_at = now(),
            not_before = CASE WHEN not_before > now() THEN not_before END,
            reason = CASE WHEN not_before > now() THEN reason END
      WHERE registration_id = $1 AND failures > 0`,
    [registrationId],
  );
}

/**
 * Clears until when the platform cools down, but not that it failed: while the circuit is open one
 * call at a time finds out. Returns the queued runs that waited for it.
 */
export async function endCooldown(db: Db, registrationId: string): Promise<string[]> {
  await db.execute(Prisma.sql`
    UPDATE platform_pacing SET not_before = NULL, reason = NULL, updated_at = now()
     WHERE registration_id = ${registrationId}::uuid`);
  const rows = await db.rows(
    idRow,
    Prisma.sql`
    UPDATE run SET not_before = NULL, wait_reason = NULL
     WHERE registration_id = ${registrationId}::uuid AND state = 'queued'
       AND not_before IS NOT NULL AND NOT starts_with(coalesce(wait_reason, ''), ${SPREAD_OUT})
     RETURNING id`,
  );
  return rows.map(({ id }) => id);
}

export async function saveRemaining(
  db: Db,
  registrationId: string,
  remaining: number,
): Promise<void> {
  await db.execute(
    `INSERT INTO platform_pacing (registration_id, rate_limit_remaining) VALUES ($1, $2)
     ON CONFLICT (registration_id) DO UPDATE SET
       rate_limit_remaining = excluded.rate_limit_remaining, updated_at = now()`,
    [registrationId, remaining],
  );
}

/**
 * Renews a run's part of its platform's calls. `decide` sees every living part and the pacing,
 * and says how many slots the run holds from now on; parts not renewed for `ttlMs` are gone.
 */
export async function renewSlots<Decision extends { slots: number; isNewTurn: boolean }>(
  db: Db,
  run: { runId: string; registrationId: string; wanted: number; ttlMs: number },
  decide: (slots: SlotRow[], pacing: PlatformPacing | null) => Decision,
): Promise<Decision> {
  return transaction(db, async (tx) => {
    await lock(tx, `pacing:${run.registrationId}`);
    const slots = await heldSlots(tx, run);
    const rows = await tx.rows(
      pacingRow,
      `SELECT ${PACING_COLUMNS} FROM platform_pacing WHERE registration_id = $1`,
      [run.registrationId],
    );
    const decision = decide(slots, rows[0] ?? null);
    await tx.execute(
      `UPDATE call_slot SET slots = $2, since = CASE WHEN $3 THEN clock_timestamp() ELSE since END
        WHERE run_id = $1`,
      [run.runId, decision.slots, decision.isNewTurn],
    );
    return decision;
  });
}

async function heldSlots(
  tx: Db,
  { runId, registrationId, wanted, ttlMs }: Parameters<typeof renewSlots>[1],
): Promise<SlotRow[]> {
  await tx.execute("DELETE FROM call_slot WHERE registration_id = $1 AND expires_at < now()", [
    registrationId,
  ]);
  await tx.execute(
    `INSERT INTO call_slot (run_id, registration_id, slots, wanted, expires_at)
     VALUES ($1, $2, 0, $3, now() + $4 * interval '1 millisecond')
     ON CONFLICT (run_id) DO UPDATE SET wanted = excluded.wanted, expires_at = excluded.expires_at`,
    [runId, registrationId, wanted, ttlMs],
  );
  const rows = await tx.rows(
    slotRow,
    `SELECT run_id AS "runId", slots, wanted, since FROM call_slot
      WHERE registration_id = $1 ORDER BY since`,
    [registrationId],
  );
  return rows;
}

export async function releaseSlots(db: Db, runId: string): Promise<void> {
  await db.execute("DELETE FROM call_slot WHERE run_id = $1", [runId]);
}
