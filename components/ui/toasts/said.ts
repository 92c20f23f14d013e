/** Confirmations that were said and not shown yet. */
const waiting: string[] = [];
const listeners = new Set<() => void>();
let wasSaid = false;

/** A short confirmation; what shows it is loaded with the first. */
export function say(message: string): void {
  wasSaid = true;
  waiting.push(message);
  for (const tell of listeners) tell();
}

export function wasAnythingSaid(): boolean {
  return wasSaid;
}

/** What was said and not shown yet; each is given out once. */
export function takeSaid(): string[] {
  return waiting.splice(0);
}

export function subscribeToSaid(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
