import { verifyAudit, type ChainBreak } from "#lib/operations/audit/verify.ts";
import { runOnce, terminalCaller } from "./process/run-once.ts";

const BREAKS: Record<ChainBreak["reason"], string> = {
  entry_changed: "was changed after it was written",
  entry_missing: "is gone",
  link_missing: "comes after a gap in the chain",
  link_changed: "has a hash that does not follow from the one before",
  not_chained: "was added behind the chain's back",
};

await runOnce("Cannot verify", main);

/** 0: the chain is whole; 1: it is broken; 2: it could not be read. */
async function main(): Promise<number> {
  const caller = await terminalCaller();
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
