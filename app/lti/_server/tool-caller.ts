import type { Caller } from "#lib/operations/caller.ts";
import { getRuntime } from "#lib/runtime.ts";

/** Rollbook itself, for what platforms and launched people ask; they are no operators. */
export async function toolCaller(): Promise<Caller> {
  const runtime = await getRuntime();
  return runtime.callerFor({ kind: "system", id: "system", name: "Rollbook" });
}
