"use server";

import { parseWithZod } from "@conform-to/zod/v4";
import { redirect } from "next/navigation";
import { actionCaller } from "../../../_server/caller.ts";
import { done, formAction, goTo } from "../../../_server/forms/form-action.ts";
import { guideFor } from "#lib/platforms/index.ts";
import { stepHref } from "#components/wizard/wizard-steps.tsx";
import * as approvals from "#lib/operations/registrations/approvals.ts";
import * as invitations from "#lib/operations/invitations/invitations.ts";
import type { Asker } from "#lib/operations/caller.ts";
import * as drafts from "#lib/operations/registrations/drafts.ts";
import * as registrations from "#lib/operations/registrations/registrations.ts";
import {
  ApprovalForm,
  DoneForm,
  DraftForm,
  FinishedForm,
  OfRegistration,
  PlaceForm,
  UnfinishedForm,
  WayForm,
} from "./form-schema.ts";
import { type DraftStep, DraftValues } from "#lib/operations/registrations/drafts-schema.ts";
import { checkedPlace } from "./checked-place.ts";

/** How long a link is good: whoever runs the LMS is often somebody else. */
const LINK_DAYS = 7;

/** The first step: a platform with a name, which is a draft from now on. */
export const begin = formAction(PlaceForm, async (caller, input) => {
  const { profile, ...place } = checkedPlace(input);
  const { id } = await drafts.createDraft(caller, { profile, values: place });
  return goTo(`/registrations/new/${id}/way`);
});

/** The first step once more; another place has other addresses, the same place keeps what was typed. */
export const movePlace = formAction(
  PlaceForm.required({ draftId: true }),
  async (caller, input) => {
    const { draftId, profile, ...place } = checkedPlace(input);
    const { values } = await drafts.getDraft(caller, { draftId });
    const isSame = values.environment === place.environment && values.site === place.site;
    await drafts.saveDraft(caller, {
      draftId,
      profile,
      values: isSame ? { name: place.name } : place,
    });
    return goTo(`/registrations/new/${draftId}/way`);
  },
);

export const chooseWay = formAction(WayForm, async (caller, { draftId, way }) => {
  const { profile } = await drafts.getDraft(caller, { draftId });
  return goTo(
    stepHref(await drafts.saveDraft(caller, { draftId, profile, step: way, values: { way } })),
  );
});

/** Makes the draft's link; one that it had before is good no longer. */
export const invite = formAction(DraftForm, async (caller, { draftId }) => {
  const { profile, values } = await drafts.getDraft(caller, { draftId });
  if (values.invitationId) await revokeOpen(caller, values.invitationId);
  const name = values.name ?? guideFor(profile).name;
  const created = await invitations.createInvitation(caller, { name, profile, days: LINK_DAYS });
  await drafts.saveDraft(caller, { draftId, profile, values: { invitationId: created.id } });
  return done(undefined, created);
});

export const approveAndTest = formAction(ApprovalForm, async (caller, input) => {
  await approvals.approveRegistration(caller, input);
  return goTo(await toTest(caller, input));
});

/** What an LMS registered is what the draft became. */
export const goOn = formAction(OfRegistration, async (caller, input) =>
  goTo(await toTest(caller, input)),
);

/** Makes the registration, or changes the one that the draft became before. */
export const saveRegistration = formAction(FinishedForm, async (caller, input) => {
  const { draftId, ...fields } = input;
  const { registrationId, way } = (await drafts.getDraft(caller, { draftId })).values;
  const { id } = registrationId
    ? await registrations.updateRegistration(caller, { registrationId, ...fields })
    : await registrations.createRegistration(caller, { ...fields, ...OWN_KEYS });
  if (way === "tool") return goTo(await onwards(caller, { draftId, registrationId: id }, "key"));
  return goTo(await toTest(caller, { draftId, registrationId: id }));
});

/** Keeps what is typed, complete or not; what cannot be kept does not hold anybody back. */
export async function keepAndGoBack(form: FormData): Promise<void> {
  const submission = parseWithZod(form, { schema: UnfinishedForm });
  if (submission.status !== "success") redirect("/registrations");
  const { draftId, profile, ...values } = submission.value;
  await drafts.saveDraft(await actionCaller(), {
    draftId,
    profile,
    values: { ...emptied(form), ...values },
  });
  redirect(`/registrations/new/${draftId}/way`);
}

export const toFirstLaunch = formAction(DraftForm, async (caller, { draftId }) => {
  const { profile } = await drafts.getDraft(caller, { draftId });
  return goTo(stepHref(await drafts.saveDraft(caller, { draftId, profile, step: "launch" })));
});

/** The wizard is done: the draft goes, and what it became stays. */
export const finish = formAction(
  DoneForm,
  async (caller, { draftId, courseId, registrationId }) => {
    await drafts.deleteDraft(caller, { draftId });
    return goTo(courseId ? `/courses/${courseId}` : `/registrations/${registrationId ?? ""}`);
  },
);

export const discard = formAction(DraftForm, async (caller, input) => {
  await drafts.deleteDraft(caller, input);
  return done("Draft discarded");
});

/** Texts that were taken out again. */
function emptied(form: FormData): Record<string, string> {
  const names = Object.keys(DraftValues.shape).filter((name) => form.get(name) === "");
  return Object.fromEntries(names.map((name) => [name, ""]));
}

/** Until the next step of the wizard says otherwise. */
const OWN_KEYS = { signsWith: "own_key_set", toolJwksUrl: null } as const;

type OfDraft = { draftId: string; registrationId: string };

async function toTest(caller: Asker, of: OfDraft): Promise<string> {
  return onwards(caller, of, "test");
}

async function onwards(
  caller: Asker,
  { draftId, registrationId }: OfDraft,
  step: DraftStep,
): Promise<string> {
  const { profile } = await registrations.getRegistration(caller, { registrationId });
  const values = { registrationId };
  return stepHref(await drafts.saveDraft(caller, { draftId, profile, step, values }));
}

async function revokeOpen(caller: Asker, invitationId: string): Promise<void> {
  const { state } = await invitations.getInvitation(caller, { invitationId });
  if (state === "open" || state === "opened") {
    await invitations.revokeInvitation(caller, { invitationId });
  }
}
