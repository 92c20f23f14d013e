import { z } from "zod";
import { BLOCK_REASONS } from "#lib/db/system/block-reasons.ts";
import type { SyncBlockRow } from "#lib/db/system/sync-block.ts";
import { Timestamp } from "../fields.ts";

export const SyncBlock = z
  .object({
    reason: z.enum(BLOCK_REASONS).meta({ description: "the widest, where there are several" }),
    by: z.string().nullable().meta({ description: "who paused it" }),
    until: Timestamp.nullable().meta({ description: "when the platform has cooled down" }),
  })
  .meta({ id: "SyncBlock", description: "why no sync begins now; null where one would" });
export type SyncBlock = z.infer<typeof SyncBlock>;

export function syncBlockView(row: SyncBlockRow): SyncBlock | null {
  if (row.syncBlock === null) return null;
  const isPause = row.syncBlock.endsWith("_paused");
  const isCooling = row.syncBlock === "cooling_down";
  return {
    reason: row.syncBlock,
    by: isPause ? row.syncBlockBy : null,
    until: isCooling ? (row.syncBlockUntil?.toISOString() ?? null) : null,
  };
}
