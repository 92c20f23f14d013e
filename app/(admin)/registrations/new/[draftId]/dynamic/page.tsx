import type { Metadata } from "next";
import { decline } from "../../../[registrationId]/actions.ts";
import { readDraft, type DraftParams } from "../../read-draft.ts";
import { FirstPaint } from "#components/live/first-paint.tsx";
import { InvitationStep } from "#components/wizard/invitation-step.tsx";
import { INVITATIONS_PATH, INVITATIONS_QUERY } from "#components/wizard/invitations-query.ts";
import { WizardPage } from "#components/wizard/wizard-page.tsx";
import { listInvitations } from "#lib/operations/invitations/invitations.ts";
import { serviceScopes } from "#lib/operations/registrations/platform-facts.ts";
import { approveAndTest, goOn, invite } from "../../actions.ts";

export const metadata: Metadata = { title: "Connect an LMS: Dynamic Registration" };

export default async function DynamicPage(props: DraftParams) {
  const { caller, draft } = await readDraft(props, "dynamic");
  const data = await listInvitations(caller, INVITATIONS_QUERY);
  return (
    <WizardPage
      step="exchange"
      draft={draft}
      description="One link, good once: the LMS follows it, and both sides fill themselves in."
    >
      <FirstPaint reads={[{ path: INVITATIONS_PATH, query: INVITATIONS_QUERY, data }]}>
        <InvitationStep
          draft={draft}
          invite={invite}
          acts={{ approve: approveAndTest, decline, goOn }}
          scopes={serviceScopes()}
        />
      </FirstPaint>
    </WizardPage>
  );
}
