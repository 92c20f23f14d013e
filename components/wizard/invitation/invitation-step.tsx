"use client";

import { Hourglass, Link2 } from "lucide-react";
import type { FormAction } from "#components/forms/form-state.ts";
import { RelativeTime } from "#components/live/time/time.tsx";
import { latestInvitations } from "#components/live/reads.ts";
import { useRead } from "#components/live/use-read.ts";
import { guideFor } from "#lib/platforms/index.ts";
import { Banner } from "#components/ui/boxes/banner.tsx";
import { Card } from "#components/ui/boxes/card.tsx";
import { EmptyState } from "#components/ui/boxes/empty-state.tsx";
import type { ServiceScope } from "#lib/operations/registrations/platform-facts.ts";
import type { InvitationCreated, InvitationView } from "#lib/operations/invitations/schema.ts";
import type { DraftView } from "#lib/operations/registrations/drafts-schema.ts";
import { useInvitation } from "./use-invitation.ts";
import { InvitationLink } from "./invitation-link.tsx";
import { PendingApproval, type ApprovalActs } from "./pending-approval.tsx";

/** One link, and what comes of it: waited for, then decided on. */
export function InvitationStep(props: {
  draft: DraftView;
  invite: FormAction<InvitationCreated>;
  acts: ApprovalActs;
  scopes: ServiceScope[];
}) {
  const { draft } = props;
  const { state, submit, invitationId, url } = useInvitation(draft, props.invite);
  const { data } = useRead(latestInvitations());
  const invitation = data?.items.find(({ id }) => id === invitationId);
  const guide = guideFor(draft.profile);
  const lms = guide.profile === "other" ? "the LMS" : guide.name;
  const isOpen = invitation?.state === "open" || invitation?.state === "opened";
  return (
    <div className="grid items-start gap-5 lg:grid-cols-2">
      <InvitationLink
        draftId={draft.id}
        lms={lms}
        dynamic={guide.dynamic}
        url={url}
        linkState={invitation?.state}
        submit={submit}
        state={state}
      />
      {invitation?.registrationId ? (
        <PendingApproval
          draftId={draft.id}
          registrationId={invitation.registrationId}
          acts={props.acts}
          scopes={props.scopes}
        />
      ) : (
        <Card aria-label="What comes back">
          {isOpen ? (
            <Waiting invitation={invitation} lms={lms} />
          ) : (
            <EmptyState icon={Link2} title="No link is open">
              Make a link and paste it into {lms}: what it registers appears here.
            </EmptyState>
          )}
        </Card>
      )}
    </div>
  );
}

function Waiting({ invitation, lms }: { invitation: InvitationView; lms: string }) {
  return (
    <div role="status">
      <EmptyState icon={Hourglass} title={`Waiting for ${lms}…`}>
        {invitation.state === "opened" ? (
          <p>
            {lms} opened the link <RelativeTime at={invitation.openedAt} /> and has not finished.
          </p>
        ) : (
          <p>The registration appears here by itself. You may leave this page.</p>
        )}
        <p className="mt-1">
          The link expires <RelativeTime at={invitation.expiresAt} />.
        </p>
      </EmptyState>
      {invitation.problem && (
        <div className="px-4 pb-4">
          <Banner tone="bad" title="The last try failed">
            <p className="first-letter:uppercase">{invitation.problem.message}</p>
            <p>The link is still good.</p>
          </Banner>
        </div>
      )}
    </div>
  );
}
