import { onShutdown } from "#lib/shutdown.ts";

const ends = new Set<() => void>();
let isRegistered = false;

let isOver = false;

async function endAll(): Promise<void> {
  isOver = true;
  ends.forEach((each) => each());
}

/** Ends a stream when the process is to stop, unless it ended before. */
export function endAtShutdown(end: () => void): { forget(): void } {
  // Later than the web server, so that it is done before the server waits for its answers.
  if (!isRegistered) onShutdown(endAll, { name: "event streams", stage: "requests" });
  isRegistered = true;
  if (isOver) queueMicrotask(end);
  ends.add(end);
  return { forget: () => ends.delete(end) };
}
