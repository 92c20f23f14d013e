export type Call = () => Promise<unknown>;

export type Timing = { p50: number; p95: number };

/** How long a call takes in milliseconds, after one that warms up. */
export async function timed(call: Call, times: number): Promise<Timing> {
  await call();
  const ms: number[] = [];
  for (let index = 0; index < times; index++) ms.push(await millisecondsOf(call));
  return timingOf(ms);
}

export async function millisecondsOf(call: Call): Promise<number> {
  const startedMs = performance.now();
  await call();
  return performance.now() - startedMs;
}

export function timingOf(ms: readonly number[]): Timing {
  const sorted = [...ms].sort((a, b) => a - b);
  const at = (share: number) =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
  return { p50: at(0.5) ?? Number.NaN, p95: at(0.95) ?? Number.NaN };
}
