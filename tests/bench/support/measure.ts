/** What one run of a piece of work cost this process. */
export type Cost = { items: number; seconds: number; cpuSeconds: number; peakMiB: number };

const SAMPLE_MS = 20;

/** Runs `work`, which answers how many items it did and, where it knows better, how long it took. */
export async function measure(
  work: () => Promise<{ items: number; seconds?: number }>,
): Promise<Cost> {
  global.gc?.();
  const idle = process.memoryUsage.rss();
  let peak = idle;
  const sampler = setInterval(() => (peak = Math.max(peak, process.memoryUsage.rss())), SAMPLE_MS);
  const cpuBefore = process.cpuUsage();
  const startedMs = performance.now();
  const done = await work();
  const seconds = done.seconds ?? (performance.now() - startedMs) / 1_000;
  const { user, system } = process.cpuUsage(cpuBefore);
  clearInterval(sampler);
  return {
    items: done.items,
    seconds,
    cpuSeconds: (user + system) / 1e6,
    peakMiB: (peak - idle) / 1_048_576,
  };
}

export type Spread = { median: number; min: number; max: number };

export function spread(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
  return { median: middle, min: sorted[0] ?? Number.NaN, max: sorted.at(-1) ?? Number.NaN };
}

export const perSecond = ({ items, seconds }: Cost): number => items / seconds;
export const cpuPerThousand = ({ items, cpuSeconds }: Cost): number => (cpuSeconds / items) * 1_000;
