import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";

/** What a piece of work cost the process that did it. */
export type Cost = { items: number; seconds: number; cpuSeconds: number; peakMiB: number };

const SAMPLE_MS = 20;
/** Of `/proc/PID/stat`, on every Linux that Node runs on. */
const TICKS_PER_SECOND = 100;

/**
 * Runs `work`, which answers how many items it did and, where it knows better, how long it took.
 * CPU and memory are those of the process that does it: this one, or that of `pid`.
 */
export async function measure(
  work: () => Promise<{ items: number; seconds?: number }>,
  pid = process.pid,
): Promise<Cost> {
  if (pid === process.pid) global.gc?.();
  const idle = usage(pid);
  let peak = idle.rssMiB;
  const sampler = setInterval(() => (peak = Math.max(peak, usage(pid).rssMiB)), SAMPLE_MS);
  const startedMs = performance.now();
  const done = await work();
  const seconds = done.seconds ?? (performance.now() - startedMs) / 1_000;
  clearInterval(sampler);
  const after = usage(pid);
  return {
    items: done.items,
    seconds,
    cpuSeconds: after.cpuSeconds - idle.cpuSeconds,
    peakMiB: Math.max(peak, after.rssMiB) - idle.rssMiB,
  };
}

type Usage = { cpuSeconds: number; rssMiB: number };

function usage(pid: number): Usage {
  if (pid === process.pid) {
    const { user, system } = process.cpuUsage();
    return { cpuSeconds: (user + system) / 1e6, rssMiB: process.memoryUsage.rss() / 1_048_576 };
  }
  return existsSync("/proc/self/stat") ? usageByProc(pid) : usageByPs(pid);
}

function usageByProc(pid: number): Usage {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  // The name, in brackets, may hold spaces.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  return {
    cpuSeconds: (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND,
    rssMiB: Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) / 1_024,
  };
}

function usageByPs(pid: number): Usage {
  const printed = execFileSync("ps", ["-o", "time=,rss=", "-p", String(pid)], { encoding: "utf8" });
  const [time = "", rss = ""] = printed.trim().split(/\s+/);
  const cpuSeconds = time.split(":").reduce((sum, part) => sum * 60 + Number(part), 0);
  return { cpuSeconds, rssMiB: Number(rss) / 1_024 };
}

export type Spread = { median: number; min: number; max: number };

export function spread(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
  return { median: middle, min: sorted[0] ?? Number.NaN, max: sorted.at(-1) ?? Number.NaN };
}

export const perSecond = ({ items, seconds }: Cost): number => items / seconds;
export const cpuPerThousand = ({ items, cpuSeconds }: Cost): number => (cpuSeconds / items) * 1_000;
