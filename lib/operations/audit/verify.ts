import {
  type ChainLink,
  digestOf,
  digestsSinceErasure,
  hashAfter,
  lastAnchor,
  nextLinks,
  unchainedEntries,
} from "#lib/db/audit/chain.ts";
import type { Asker } from "../caller.ts";
import { permit } from "../permit.ts";

/** What is wrong with the audit: the first of it, since after a break nothing is proved. */
export type ChainBreak = {
  /** Of the entry. */
  entryId: string;
  reason: "entry_changed" | "entry_missing" | "link_missing" | "link_changed" | "not_chained";
};

export type ChainReport = {
  /** How many entries the chain holds up to its end, or to the break. */
  entries: number;
  /** The hash of the last one, in hex: to be kept elsewhere, and looked for in a later report. */
  head: string;
  /** Where it stands, counted from the first entry there ever was. */
  position: string;
  broken: ChainBreak | null;
};

const PAGE = 1_000;

/** Reads the whole audit and computes its chain again. */
export async function verifyAudit(asker: Asker): Promise<ChainReport> {
  const { db } = await permit(asker, "admin", "everywhere");
  const erased = await digestsSinceErasure(db);
  const anchor = await lastAnchor(db);
  let position = anchor?.position ?? 0n;
  let head = anchor?.hash ?? Buffer.alloc(0);
  let entries = 0;
  const report = (broken: ChainBreak | null): ChainReport => ({
    entries,
    head: head.toString("hex"),
    position: position.toString(),
    broken,
  });
  for (;;) {
    const links = await nextLinks(db, position, PAGE);
    for (const link of links) {
      const entryId = link.entryId.toString();
      if (link.position !== position + 1n) return report({ entryId, reason: "link_missing" });
      if (link.id === null) return report({ entryId, reason: "entry_missing" });
      if (!isAsWritten(link, erased.get(entryId)))
        return report({ entryId, reason: "entry_changed" });
      const hash = hashAfter(head, link.digest);
      if (!hash.equals(link.hash)) return report({ entryId, reason: "link_changed" });
      [position, head] = [link.position, hash];
      entries += 1;
    }
    if (links.length < PAGE) break;
  }
  const [unchained] = await unchainedEntries(db, 1);
  if (unchained === undefined) return report(null);
  return report({ entryId: unchained.toString(), reason: "not_chained" });
}

/** As it was written, or as the entry about an erased person says that it reads since. */
function isAsWritten(link: ChainLink, sinceErasure: string | undefined): boolean {
  const digest = digestOf(link);
  return digest.equals(link.digest) || digest.toString("hex") === sinceErasure;
}
