import type { Metadata } from "next";
import { redirect } from "next/navigation";
import * as keyActs from "../../../[registrationId]/settings/actions.ts";
import { prefetch } from "../../../../../_server/prefetch.ts";
import { readDraft, type DraftParams } from "../../read-draft.ts";
import { ActionButton } from "#components/forms/acts/action-button.tsx";
import { RegistrationKeysCard } from "#components/keys/registration-keys.tsx";
import { Prefetched } from "#components/live/prefetched.tsx";
import { reads } from "#components/live/reads.ts";
import { WizardPage } from "#components/wizard/wizard-page.tsx";
import { goOn } from "../../actions.ts";

export const metadata: Metadata = { title: "Connect an LMS: your tool’s key" };

export default async function ToolKeyPage(props: DraftParams) {
  const { caller, draft } = await readDraft(props, "key");
  const { registrationId } = draft.values;
  if (!registrationId) redirect(`/registrations/new/${draft.id}/tool`);
  return (
    <WizardPage
      step="key"
      draft={draft}
      description="The LMS reads the tool’s key set, so that Rollbook signs with a key that stands there: either ours is added to it, or the tool’s own is imported."
    >
      <div className="max-w-3xl space-y-5">
        <Prefetched reads={[await prefetch(caller, reads.registrationKeys({ registrationId }))]}>
          <RegistrationKeysCard
            registrationId={registrationId}
            choose={keyActs.chooseSigning}
            importKey={keyActs.importKey}
            useKey={keyActs.useKey}
            deleteKey={keyActs.deleteKey}
          />
        </Prefetched>
        <ActionButton action={goOn} values={{ draftId: draft.id, registrationId }} look="primary">
          Continue to the connection test
        </ActionButton>
      </div>
    </WizardPage>
  );
}
