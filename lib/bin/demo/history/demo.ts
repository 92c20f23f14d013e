import type { Runtime } from "#lib/runtime.ts";
import type { Demo } from "../furnish-console.ts";

/** The demo that a month is made for, and the process that performs it. */
export type HistoryDemo = Demo & { runtime: Runtime; signal: AbortSignal };
