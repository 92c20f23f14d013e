import { pageCaller } from "../../../_server/caller.ts";
import { found } from "../../../_server/found.ts";
import type { Asker } from "#lib/operations/caller.ts";
import { getDraft } from "#lib/operations/registrations/drafts.ts";
import type { DraftView } from "#lib/operations/registrations/drafts-schema.ts";

export type DraftParams = { params: Promise<{ draftId: string }> };

/** The draft that a step of the wizard is about; its operator's own, or nobody's. */
export async function readDraft(
  { params }: DraftParams,
  step: string,
): Promise<{ caller: Asker; draft: DraftView }> {
  const { draftId } = await params;
  const caller = await pageCaller(`/registrations/new/${draftId}/${step}`);
  return { caller, draft: await found(getDraft(caller, { draftId })) };
}
