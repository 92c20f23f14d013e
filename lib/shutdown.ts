type Work = () => Promise<void>;

/** What is ended, for whoever reads that it did not, and how long that may take. */
export type ShutdownStep = {
  name: string;
  withinMs?: number;
  /** `requests` ends before anything that a request may need. */
  stage?: Stage;
};
type Stage = "requests" | "work";
type Step = { name: string; withinMs: number; stage: Stage; work: Work };

const WITHIN_MS = 10_000;

/** Part of this process did not end in time; the end of the process is the end of it. */
export class ShutdownStuck extends Error {
  constructor(
    readonly step: string,
    readonly withinMs: number,
  ) {
    super(`${step} did not end within ${withinMs / 1_000} s and was left to itself`);
  }
}

// The web server's bundle and the script that started it each have their own copy of this module.
const key = Symbol.for("rollbook.shutdown");
const shared = globalThis as typeof globalThis & { [key]?: Step[] };

/**
 * Registers what must be finished before the process ends. What answers requests is done first, and
 * of each stage the last registered first.
 */
export function onShutdown(work: Work, step: ShutdownStep): void {
  const { name, withinMs = WITHIN_MS, stage = "work" } = step;
  (shared[key] ??= []).push({ name, withinMs, stage, work });
}

/**
 * Does all that was registered, once, however much of it fails or never ends; returns what did.
 */
export async function shutDown(): Promise<unknown[]> {
  const failures: unknown[] = [];
  for (let step = takeNext(); step; step = takeNext()) {
    await inTime(step).catch((failure: unknown) => failures.push(failure));
  }
  return failures;
}

function takeNext(): Step | undefined {
  const steps = shared[key] ?? [];
  const ofRequests = steps.findLastIndex(({ stage }) => stage === "requests");
  return steps.splice(ofRequests, 1)[0];
}

async function inTime({ name, withinMs, work }: Step): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const stuck = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new ShutdownStuck(name, withinMs)), withinMs);
  });
  try {
    await Promise.race([work(), stuck]);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Resolves at the first request to end: Ctrl-C, or the signal of a service manager. Later ones change
 * nothing: npm passes on a signal that the terminal has sent to its whole group already.
 */
export function waitForEnd(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
      process.on(signal, () => resolve(signal));
    }
  });
}
