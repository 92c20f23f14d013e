"use client";

import { useEffect, useSyncExternalStore } from "react";
import type { FormAction } from "#components/forms/form-state.ts";
import { useAct } from "#components/forms/use-act.ts";
import { useRereadWhenDone } from "#components/forms/acts/use-reread-when-done.ts";
import type { InvitationCreated } from "#lib/operations/invitations/schema.ts";
import type { DraftView } from "#lib/operations/registrations/drafts-schema.ts";

type Shown = Pick<InvitationCreated, "id" | "url">;

/**
 * A draft's invitation and its link. The server knows the link only while it makes it, so this
 * tab keeps it: leaving the page and coming back shows it again.
 */
export function useInvitation(draft: DraftView, invite: FormAction<InvitationCreated>) {
  const [state, submit] = useAct<InvitationCreated>(invite);
  useRereadWhenDone(state);
  const created = state.status === "done" ? state.result : undefined;
  const key = `rollbook:invitation:${draft.id}`;
  const stored = useSyncExternalStore(
    never,
    () => sessionStorage.getItem(key),
    () => null,
  );
  useEffect(() => {
    if (created) sessionStorage.setItem(key, JSON.stringify({ id: created.id, url: created.url }));
  }, [created, key]);

  const kept = created ?? (stored ? (JSON.parse(stored) as Shown) : undefined);
  // IDs begin with their time (UUID version 7): of two invitations the later one counts.
  const [invitationId] = [kept?.id, draft.values.invitationId]
    .filter((id) => id !== undefined)
    .sort()
    .reverse();
  const url = kept?.id === invitationId ? kept?.url : undefined;
  return { state, submit, invitationId, url };
}

const never = () => () => {};
