import { StreamsTooMany } from "../errors.ts";

/** A browser holds six connections to a host; a script needs one. */
const MOST_STREAMS = 20;

const open = new Map<string, number>();

/**
 * Takes one of the event streams that somebody may hold open at once in this process; returns what
 * gives it back.
 *
 * @throws StreamsTooMany
 */
export function takeStream(actor: { kind: string; id: string }): () => void {
  const key = `${actor.kind} ${actor.id}`;
  const held = open.get(key) ?? 0;
  if (held >= MOST_STREAMS) throw new StreamsTooMany(MOST_STREAMS);
  open.set(key, held + 1);
  return () => {
    const left = (open.get(key) ?? 1) - 1;
    if (left > 0) open.set(key, left);
    else open.delete(key);
  };
}
