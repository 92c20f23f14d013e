import * as stored from "#lib/db/registrations/drafts.ts";
import type { Caller } from "../caller.ts";
import { decodeCursor, encodeCursor, pageFrom } from "../cursor.ts";
import { NotFound } from "../errors.ts";
import { Id, type Page, PageQuery } from "../fields.ts";
import { DraftInput, type DraftView } from "./drafts-schema.ts";
import { validated } from "../validated.ts";

type DraftId = { draftId: string };

/** Keeps what the caller has typed of a registration; nobody else sees it. */
export async function createDraft(caller: Caller, input: DraftInput): Promise<DraftView> {
  const { profile, step = "way", values } = validated(DraftInput, input);
  const draft = { operatorId: caller.actor.id, profile, step, values };
  return draftView(await stored.insertDraft(caller.db, draft));
}

/** The caller's own, the one saved last first. */
export async function listDrafts(
  caller: Caller,
  query: Partial<PageQuery>,
): Promise<Page<DraftView>> {
  const { cursor, limit } = validated(PageQuery, query);
  const [updatedAt, id] = decodeCursor(cursor, ["time", "id"]) ?? [];
  const before = updatedAt && id ? { updatedAt: new Date(updatedAt), id } : undefined;
  const operatorId = caller.actor.id;
  const { rows, total } = await stored.listDrafts(caller.db, {
    operatorId,
    before,
    limit: limit + 1,
  });
  const nextCursor = (row: stored.Draft) => encodeCursor([row.updatedAt.toISOString(), row.id]);
  return pageFrom({ rows, limit, total, nextCursor, view: draftView });
}

export async function getDraft(caller: Caller, { draftId }: DraftId): Promise<DraftView> {
  const draft = await stored.findDraft(caller.db, keyOf(caller, draftId));
  if (!draft) throw new NotFound("draft", draftId);
  return draftView(draft);
}

/** Values that are given replace those kept; the others stay, as does the step. */
export async function saveDraft(
  caller: Caller,
  { draftId, ...input }: DraftId & DraftInput,
): Promise<DraftView> {
  const fields = validated(DraftInput, input);
  const key = keyOf(caller, draftId);
  if (!(await stored.mergeDraft(caller.db, key, fields))) {
    throw new NotFound("draft", draftId);
  }
  return getDraft(caller, { draftId });
}

/** The registration that a draft became stays. */
export async function deleteDraft(caller: Caller, { draftId }: DraftId): Promise<DraftView> {
  const draft = await getDraft(caller, { draftId });
  await stored.deleteDraft(caller.db, keyOf(caller, draftId));
  return draft;
}

function keyOf(caller: Caller, draftId: string): stored.DraftKey {
  const id = Id.safeParse(draftId).data;
  if (!id) throw new NotFound("draft", draftId);
  return { id, operatorId: caller.actor.id };
}

function draftView(draft: stored.Draft): DraftView {
  return {
    id: draft.id,
    profile: draft.profile as DraftView["profile"],
    step: draft.step as DraftView["step"],
    values: draft.values as DraftView["values"],
    createdAt: draft.createdAt.toISOString(),
    updatedAt: draft.updatedAt.toISOString(),
  };
}
