import type { Asker } from "#lib/operations/caller.ts";
import { getRuntime } from "#lib/runtime.ts";

/** Rollbook itself, for what platforms and launched people ask; they are no operators. */
export async function toolCaller(): Promise<Asker> {
  const runtime = await getRuntime();
  return runtime.askerFor({ kind: "system", id: "system", name: "Rollbook" });
}
