import type { Change } from "#lib/db/changes.ts";
import { gatherChanges } from "./gathered-changes.ts";
import { endAtShutdown } from "./open-streams.ts";

export type ChangeStreamOptions = {
  subscribe(listener: (change: Change) => void): () => void;
  /** What changed before, since the reader read; undefined where that is not known. */
  missed?: Change[];
  /** Asked at every heartbeat; false ends the stream. */
  isStillWelcome(): Promise<boolean>;
  /** Aborted when the reader is gone. */
  signal: AbortSignal;
  /** Called once, when the stream is over. */
  onEnd?: () => void;
  coalesceMs?: number;
  heartbeatMs?: number;
};

const COALESCE_MS = 250;
// Proxies close a connection that is silent for a minute.
const HEARTBEAT_MS = 15_000;
const RETRY_MS = 1_000;

/**
 * Changes as server-sent events: those within a quarter of a second are sent at once, and later
 * where the reader is slow.
 */
export function openChangeStream(options: ChangeStreamOptions): ReadableStream<Uint8Array> {
  let stop = () => {};
  return new ReadableStream<Uint8Array>({
    start(controller) {
      stop = follow(controller, options);
    },
    cancel: () => stop(),
  });
}

function follow(
  controller: ReadableStreamDefaultController<Uint8Array>,
  options: ChangeStreamOptions,
): () => void {
  const encoder = new TextEncoder();
  const gathered = gatherChanges();
  for (const change of options.missed ?? []) gathered.add(change);
  const send = (text: string) => controller.enqueue(encoder.encode(`${text}\n\n`));
  const hasRoom = () => (controller.desiredSize ?? 0) > 0;

  const telling = setInterval(() => {
    const changes = hasRoom() && gathered.take();
    if (changes) send(`event: change\ndata: ${JSON.stringify(changes)}`);
  }, options.coalesceMs ?? COALESCE_MS);
  const beating = setInterval(() => {
    if (hasRoom()) send(": still here");
    void options.isStillWelcome().then((isWelcome) => !isWelcome && end());
  }, options.heartbeatMs ?? HEARTBEAT_MS);
  const unsubscribe = options.subscribe((change) => {
    // Anything may have changed: a reader that connects again reads everything again.
    if (Object.keys(change).length === 0) end();
    else gathered.add(change);
  });
  const shutdown = endAtShutdown(end);
  options.signal.addEventListener("abort", end);
  let isStopped = false;

  function stop(): void {
    if (isStopped) return;
    isStopped = true;
    options.onEnd?.();
    clearInterval(telling);
    clearInterval(beating);
    unsubscribe();
    shutdown.forget();
    options.signal.removeEventListener("abort", end);
  }

  function end(): void {
    if (isStopped) return;
    stop();
    controller.close();
  }

  send(`retry: ${RETRY_MS}`);
  // Data, because an event without any is not one.
  if ("missed" in options && options.missed === undefined) send("event: missed\ndata: {}");
  if (options.signal.aborted) end();
  return stop;
}
