import { transaction, type Db } from "#lib/db/client.ts";
import * as stored from "#lib/db/registrations/drafts.ts";
import type { Asker, Caller } from "../caller.ts";
import { permit } from "../permit.ts";
import { BY_UPDATE, pageFrom } from "../lists/cursor.ts";
import { NotFound } from "../errors.ts";
import { Id, type Page, PageQuery } from "../fields.ts";
import { DraftInput, DraftPatch, type DraftView } from "./drafts-schema.ts";
import { validated } from "../validated.ts";
import { checkVersion, type Expected, versionOf } from "../version.ts";

type DraftId = { draftId: string };

/** Keeps what the caller has typed of a registration; nobody else sees it. */
export async function createDraft(asker: Asker, input: DraftInput): Promise<DraftView> {
  const caller = await permit(asker, "registrations:write", "own");
  const { profile, step = "way", values } = validated(DraftInput, input);
  const draft = { operatorId: caller.actor.id, profile, step, values };
  return draftView(await stored.insertDraft(caller.db, draft));
}

/** The caller's own, the one saved last first. */
export async function listDrafts(
  asker: Asker,
  query: Partial<PageQuery>,
): Promise<Page<DraftView>> {
  const caller = await permit(asker, "registrations:write", "own");
  const { cursor, limit } = validated(PageQuery, query);
  const before = BY_UPDATE.decode(cursor);
  const operatorId = caller.actor.id;
  const { rows, total } = await stored.listDrafts(caller.db, {
    operatorId,
    before,
    limit: limit + 1,
  });
  const nextCursor = BY_UPDATE.encode;
  return pageFrom({ rows, limit, total, nextCursor, view: draftView });
}

export async function getDraft(asker: Asker, { draftId }: DraftId): Promise<DraftView> {
  const caller = await permit(asker, "registrations:write", "own");
  return draftView(await required(caller.db, keyOf(caller, draftId)));
}

/**
 * Values that are given replace those kept; the others stay, as does the step.
 *
 * @throws VersionMismatch  the draft was saved since the caller read it
 */
export async function saveDraft(
  asker: Asker,
  { draftId, ifVersion, ...input }: DraftId & Expected & DraftPatch,
): Promise<DraftView> {
  const caller = await permit(asker, "registrations:write", "own");
  const fields = validated(DraftPatch, input);
  return transaction(caller.db, async (tx) => {
    await checkDraft(tx, keyOf(caller, draftId), ifVersion);
    await stored.mergeDraft(tx, keyOf(caller, draftId), fields);
    return draftView(await required(tx, keyOf(caller, draftId)));
  });
}

/** The registration that a draft became stays. */
export async function deleteDraft(
  asker: Asker,
  { draftId, ifVersion }: DraftId & Expected,
): Promise<DraftView> {
  const caller = await permit(asker, "registrations:write", "own");
  return transaction(caller.db, async (tx) => {
    const draft = await checkDraft(tx, keyOf(caller, draftId), ifVersion);
    await stored.deleteDraft(tx, keyOf(caller, draftId));
    return draftView(draft);
  });
}

async function checkDraft(
  tx: Db,
  key: stored.DraftKey,
  ifVersion: Expected["ifVersion"],
): Promise<stored.Draft> {
  await stored.lockDraft(tx, key);
  const draft = await required(tx, key);
  checkVersion({ ifVersion }, fieldsOf(draft));
  return draft;
}

async function required(tx: Db, key: stored.DraftKey): Promise<stored.Draft> {
  const draft = await stored.findDraft(tx, key);
  if (!draft) throw new NotFound("draft", key.id);
  return draft;
}

function fieldsOf({ profile, step, values }: stored.Draft) {
  return { profile, step, values };
}

function keyOf(caller: Caller, draftId: string): stored.DraftKey {
  const id = Id.safeParse(draftId).data;
  if (!id) throw new NotFound("draft", draftId);
  return { id, operatorId: caller.actor.id };
}

function draftView(draft: stored.Draft): DraftView {
  return {
    id: draft.id,
    version: versionOf(fieldsOf(draft)),
    profile: draft.profile as DraftView["profile"],
    step: draft.step as DraftView["step"],
    values: draft.values as DraftView["values"],
    createdAt: draft.createdAt.toISOString(),
    updatedAt: draft.updatedAt.toISOString(),
  };
}
