import { isCodedError } from "#lib/errors.ts";
import { verifyAudit, type ChainBreak } from "#lib/operations/audit/verify.ts";
import { startRuntime } from "#lib/runtime.ts";
import { shutDown } from "#lib/shutdown.ts";
import { loadEnvFile } from "./process/env-file.ts";

const BREAKS: Record<ChainBreak["reason"], string> = {
  entry_changed: "was changed after it was written",
  entry_missing: "is gone",
  link_missing: "comes after a gap in the chain",
  link_changed: "has a hash that does not follow from the one before",
  not_chained: "was added behind the chain's back",
};

loadEnvFile();
// Reading is all that this process does, whatever the web processes are set to.
process.env.ROLLBOOK_WORKER = "off";
process.env.ROLLBOOK_LOG_LEVEL ??= "error";

process.exitCode = await main().catch((error: unknown) => {
  console.error(isCodedError(error) ? `Cannot verify: ${error.message}.` : error);
  return 2;
});
await shutDown();
process.exit();

/** 0: the chain is whole; 1: it is broken; 2: it could not be read. */
async function main(): Promise<number> {
  const runtime = await startRuntime();
  const caller = runtime.askerFor({ kind: "system", id: "system", name: "Terminal" });
  const { entries, position, head, broken } = await verifyAudit(caller);
  if (broken) {
    console.error(
      `Broken after ${entries} entries: entry ${broken.entryId} ${BREAKS[broken.reason]}.`,
    );
    return 1;
  }
  console.log(`${entries} entries, whole. Position ${position}, hash ${head || "none"}.`);
  return 0;
}
