type Work = () => Promise<void>;

// The web server's bundle and the script that started it each have their own copy of this module.
const key = Symbol.for("rollbook.shutdown");
const shared = globalThis as typeof globalThis & { [key]?: Work[] };

/** Registers what must be finished before the process ends; the last registered is done first. */
export function onShutdown(work: Work): void {
  (shared[key] ??= []).push(work);
}

/** Does all that was registered, once, however much of it fails; returns what failed. */
export async function shutDown(): Promise<unknown[]> {
  const failures: unknown[] = [];
  for (let work = shared[key]?.pop(); work; work = shared[key]?.pop()) {
    await work().catch((failure: unknown) => failures.push(failure));
  }
  return failures;
}

/** Resolves at the first request to end: Ctrl-C, or the signal of a service manager. */
export function waitForEnd(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
      process.once(signal, () => resolve(signal));
    }
  });
}
