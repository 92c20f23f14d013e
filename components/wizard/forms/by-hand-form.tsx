"use client";

import type { FormAction } from "#components/forms/form-state.ts";
import { ServerForm } from "#components/forms/server-form.tsx";
import { useKeptDraft } from "#components/forms/drafts/use-kept-draft.ts";
import { useServerForm } from "#components/forms/use-server-form.ts";
import type { PlatformGuide } from "#lib/platforms/index.ts";
import {
  ClientIdField,
  DeploymentIdsField,
  RegistrationFields,
} from "#components/registrations/form/registration-fields.tsx";
import { ConfirmDestination } from "#components/registrations/approval/confirm-destination.tsx";
import type { PlatformLimits } from "#lib/operations/registrations/platform-facts.ts";
import type { DraftView, DraftValues } from "#lib/operations/registrations/drafts-schema.ts";
import type { RegistrationInput } from "#lib/operations/registrations/schema.ts";
import { FormFoot } from "./form-foot.tsx";

export type DraftFormProps = {
  draft: DraftView;
  guide: PlatformGuide;
  save: FormAction;
  /** Keeps what is typed, complete or not, and goes back. */
  goBack: (form: FormData) => Promise<void>;
};

const ADDRESSES = ["issuer", "tokenEndpoint", "authorizationEndpoint", "jwksUrl"] as const;
const APART = ["draftId", "profile"];

/** What the LMS tells: all of it, kept while it is typed. */
export function ByHandForm({ limits, ...props }: DraftFormProps & { limits: PlatformLimits }) {
  const { draft, goBack } = props;
  const { form, fields, state, submit, kept } = useDraftForm(props);
  return (
    <ServerForm form={form} state={state} submit={submit}>
      <OfDraft draft={draft} />
      <RegistrationFields form={form} fields={fields} guide={props.guide} limits={limits} isNew />
      <ConfirmDestination state={state} value="on" act="Confirm and save" />
      <FormFoot goBack={goBack} kept={kept} isRegistered={Boolean(draft.values.registrationId)} />
    </ServerForm>
  );
}

/** The two IDs that Canvas tells once it has our configuration; its addresses are known. */
export function CanvasIdsForm(props: DraftFormProps) {
  const { draft, guide, goBack } = props;
  const { form, fields, state, submit, kept } = useDraftForm(props);
  return (
    <ServerForm form={form} state={state} submit={submit}>
      <OfDraft draft={draft} />
      {ADDRESSES.map((name) => (
        <input key={name} type="hidden" name={name} value={draft.values[name] ?? ""} />
      ))}
      <ClientIdField fields={fields} guide={guide} />
      <DeploymentIdsField form={form} fields={fields} guide={guide} />
      <ConfirmDestination state={state} value="on" act="Confirm and save" />
      <FormFoot goBack={goBack} kept={kept} isRegistered={Boolean(draft.values.registrationId)} />
    </ServerForm>
  );
}

function useDraftForm({ draft, save }: DraftFormProps) {
  const form = useServerForm<RegistrationInput>(save, formValues(draft.values), "registration");
  const kept = useKeptDraft(form.form, {
    address: `/api/v1/registration-drafts/${draft.id}`,
    updatedAt: draft.updatedAt,
    about: { profile: draft.profile },
    apart: APART,
  });
  return { ...form, kept };
}

function OfDraft({ draft }: { draft: DraftView }) {
  return (
    <>
      <input type="hidden" name="draftId" value={draft.id} />
      <input type="hidden" name="profile" value={draft.profile} />
      <input type="hidden" name="name" value={draft.values.name ?? ""} />
    </>
  );
}

function formValues(values: DraftValues) {
  const { audience = "token_endpoint", assertionTyp = "JWT", deploymentIds = [""] } = values;
  // A custom audience needs a value, so its field is there.
  const { audienceValues = audience === "custom" ? [""] : [] } = values;
  return { ...values, audience, audienceValues, assertionTyp, deploymentIds };
}
