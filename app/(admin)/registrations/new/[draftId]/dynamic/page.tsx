import type { Metadata } from "next";
import { decline } from "../../../[registrationId]/actions.ts";
import { prefetch } from "../../../../../_server/prefetch.ts";
import { readDraft, type DraftParams } from "../../read-draft.ts";
import { Prefetched } from "#components/live/prefetched.tsx";
import { latestInvitations } from "#components/live/reads.ts";
import { InvitationStep } from "#components/wizard/invitation/invitation-step.tsx";
import { WizardPage } from "#components/wizard/wizard-page.tsx";
import { serviceScopes } from "#lib/operations/registrations/platform-facts.ts";
import { approveAndTest, goOn, invite } from "../../actions.ts";

export const metadata: Metadata = { title: "Connect an LMS: Dynamic Registration" };

export default async function DynamicPage(props: DraftParams) {
  const { caller, draft } = await readDraft(props, "dynamic");
  return (
    <WizardPage
      step="exchange"
      draft={draft}
      description="One link, good once: the LMS follows it, and both sides fill themselves in."
    >
      <Prefetched reads={[await prefetch(caller, latestInvitations())]}>
        <InvitationStep
          draft={draft}
          invite={invite}
          acts={{ approve: approveAndTest, decline, goOn }}
          scopes={serviceScopes()}
        />
      </Prefetched>
    </WizardPage>
  );
}
