import { existsSync, readdirSync, readFileSync } from "node:fs";
import type pg from "pg";

/** Of `/proc/PID/stat`, on every Linux that Node runs on. */
const TICKS_PER_SECOND = 100;

/**
 * Reads the CPU seconds of all processes of the database server so far, those that have ended
 * included. NaN where the server is not on this machine, or where there is no `/proc`.
 */
export async function serverCpu(pool: pg.Pool): Promise<() => number> {
  const { rows } = await pool.query<{ pid: number }>("SELECT pg_backend_pid() AS pid");
  const backend = statOf(rows[0]!.pid);
  if (!backend?.name.includes("postgres")) return () => Number.NaN;
  const { parent } = backend;
  return () => {
    const own = statOf(parent);
    if (!own) return Number.NaN;
    const children = processes().filter((stat) => stat.parent === parent);
    const ticks = children.reduce((sum, stat) => sum + stat.ticks, own.ticks + own.endedTicks);
    return ticks / TICKS_PER_SECOND;
  };
}

type Stat = { name: string; parent: number; ticks: number; endedTicks: number };

function statOf(pid: number | string): Stat | undefined {
  const path = `/proc/${pid}/stat`;
  try {
    const stat = readFileSync(path, "utf8");
    const end = stat.lastIndexOf(")");
    // The name, in brackets, may hold spaces.
    const fields = stat.slice(end + 2).split(" ");
    const at = (index: number) => Number(fields[index]);
    return {
      name: stat.slice(stat.indexOf("(") + 1, end),
      parent: at(1),
      ticks: at(11) + at(12),
      endedTicks: at(13) + at(14),
    };
  } catch {
    return undefined;
  }
}

function processes(): Stat[] {
  if (!existsSync("/proc/self/stat")) return [];
  return readdirSync("/proc").flatMap((name) => (/^\d+$/.test(name) ? (statOf(name) ?? []) : []));
}
