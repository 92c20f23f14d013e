/** What a run does one after the other within an attempt, and the words of the event that begins it. */
export const PHASE_WORDS = {
  token: "getting an access token",
  recover: "asking what became of scores that were under way",
  fetch: "reading from the platform",
  conclude: "comparing with the roster before",
  send: "sending scores",
  apply: "applying the previewed changes",
} as const;

export type RunPhase = keyof typeof PHASE_WORDS;

/** In the order in which a run goes through them. */
export const RUN_PHASES = Object.keys(PHASE_WORDS) as RunPhase[];

/**
 * The event that begins a phase; its `detail` names the phase. Parts of a statement that locks the run
 * as `former` before it sets `phase`: a phase that goes on is not begun again.
 */
export function phaseEventSql(phase: string, words: string): string {
  return `
    INSERT INTO run_event (run_id, kind, message, detail)
    SELECT former.id, 'phase.started', ${words}::text, jsonb_build_object('phase', ${phase}::text)
      FROM former WHERE ${phase}::text IS NOT NULL AND former.phase IS DISTINCT FROM ${phase}::text`;
}
