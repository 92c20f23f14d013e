"use client";

import { useCallback } from "react";
import { ConfirmAct } from "#components/forms/acts/confirm-act.tsx";
import type { FormAction } from "#components/forms/form-state.ts";
import { RelativeTime } from "#components/live/time/time.tsx";
import { latestInvitations } from "#components/live/reads.ts";
import { useRead } from "#components/live/use-read.ts";
import { PLATFORM_NAMES } from "#lib/platforms/names.ts";
import { StateBadge } from "#components/states/state-badge.tsx";
import { INVITATION_STATES } from "#components/states/tables/registrations.ts";
import { Card, CardBody, CardHeader } from "#components/ui/boxes/card.tsx";
import { ListTable } from "#components/lists/list-table.tsx";
import type { Column } from "#components/ui/tables/data-table.tsx";
import { TextLink } from "#components/ui/buttons/text-link.tsx";
import type { InvitationCreated, InvitationView } from "#lib/operations/invitations/schema.ts";
import { NewInvitation } from "./new-invitation.tsx";

/** Links by which an LMS registers Rollbook: made here, good once, revoked here. */
export function InvitationList(props: {
  invite: FormAction<InvitationCreated>;
  revoke: FormAction;
}) {
  const { data, refetch } = useRead(latestInvitations());
  const readAgain = useCallback(() => void refetch(), [refetch]);
  return (
    <Card aria-labelledby="invitations">
      <CardHeader
        id="invitations"
        title="Registration links"
        description="Dynamic Registration: the LMS follows the link, and both sides fill themselves in."
      />
      <CardBody className="border-b">
        <NewInvitation invite={props.invite} onMade={readAgain} />
      </CardBody>
      {data?.items.length === 0 && <p className="px-4 py-3 text-sm text-muted">No links yet.</p>}
      {data && data.items.length > 0 && (
        <ListTable
          caption="Registration links"
          columns={columnsWith(props.revoke)}
          rows={data.items}
          rowKey={(invitation) => invitation.id}
        />
      )}
    </Card>
  );
}

function columnsWith(revoke: FormAction): Column<InvitationView>[] {
  return [
    {
      key: "name",
      header: "LMS",
      isLead: true,
      cell: ({ name, profile, registrationId }) => (
        <>
          {registrationId ? (
            <TextLink href={`/registrations/${registrationId}`}>{name}</TextLink>
          ) : (
            <span className="font-medium">{name}</span>
          )}
          <span className="block text-xs text-muted">{PLATFORM_NAMES[profile]}</span>
        </>
      ),
    },
    {
      key: "state",
      phone: "figure",
      header: "State",
      cell: ({ state, problem }) => (
        <>
          <StateBadge of={INVITATION_STATES} state={state} />
          {problem && (
            <span className="block text-xs text-bad first-letter:uppercase">{problem.message}</span>
          )}
        </>
      ),
    },
    {
      key: "until",
      phone: "figure",
      header: "Good until",
      cell: ({ expiresAt }) => <RelativeTime at={expiresAt} />,
    },
    {
      key: "made",
      header: "Made",
      cell: ({ createdAt, createdBy }) => (
        <>
          <RelativeTime at={createdAt} />
          <span className="block text-xs text-muted">by {createdBy}</span>
        </>
      ),
    },
    {
      key: "act",
      phone: "state",
      header: "Revoke",
      isHeaderHidden: true,
      align: "end",
      cell: ({ id, name, state }) =>
        (state === "open" || state === "opened") && (
          <ConfirmAct
            action={revoke}
            values={{ invitationId: id }}
            size="sm"
            word="Revoke"
            label={`Revoke the link for ${name}`}
            title={`Revoke the link for ${name}?`}
            act="Revoke the link"
          >
            <p>
              Whoever has the link cannot register with it any more, and it cannot be given back: a
              new one has to be made and sent.
            </p>
            <p>What was registered by other links stays.</p>
          </ConfirmAct>
        ),
    },
  ];
}
