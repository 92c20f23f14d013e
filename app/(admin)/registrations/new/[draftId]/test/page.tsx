import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { probeAudience, testConnection } from "../../../[registrationId]/test/actions.ts";
import { prefetch } from "../../../../../_server/prefetch.ts";
import { readDraft, type DraftParams } from "../../read-draft.ts";
import { Prefetched } from "#components/live/prefetched.tsx";
import { reads } from "#components/live/reads.ts";
import { ConnectionTest } from "#components/registrations/test/connection-test.tsx";
import { ContinueAfterTest } from "#components/wizard/continue-after-test.tsx";
import { WizardPage } from "#components/wizard/wizard-page.tsx";
import { toFirstLaunch } from "../../actions.ts";

export const metadata: Metadata = { title: "Connect an LMS: connection test" };

export default async function WizardTestPage(props: DraftParams) {
  const { caller, draft } = await readDraft(props, "test");
  const { registrationId } = draft.values;
  if (!registrationId) redirect(`/registrations/new/${draft.id}/way`);
  return (
    <WizardPage
      step="test"
      draft={draft}
      description="The registration is saved. Whether the LMS lets us in, step by step; rosters and line items need a first course."
    >
      <Prefetched reads={[await prefetch(caller, reads.connectionTest({ registrationId }))]}>
        <div className="space-y-4">
          <ConnectionTest
            registrationId={registrationId}
            start={testConnection}
            probeAudience={probeAudience}
          />
          <ContinueAfterTest
            registrationId={registrationId}
            draftId={draft.id}
            toFirstLaunch={toFirstLaunch}
          />
        </div>
      </Prefetched>
    </WizardPage>
  );
}
