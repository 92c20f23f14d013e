"use client";

import { Needs } from "#components/access/rights.tsx";
import { ActionButton } from "#components/forms/acts/action-button.tsx";
import { ConfirmAct } from "#components/forms/acts/confirm-act.tsx";
import type { FormAction } from "#components/forms/form-state.ts";
import { RelativeTime } from "#components/live/time/time.tsx";
import { Badge } from "#components/ui/text/badge.tsx";
import { Card, CardBody, CardHeader } from "#components/ui/boxes/card.tsx";
import { CopyValue } from "#components/ui/buttons/copy-value.tsx";
import { ListTable } from "#components/lists/list-table.tsx";
import type { Column } from "#components/ui/tables/data-table.tsx";
import { Disclosure } from "#components/ui/boxes/disclosure.tsx";
import { lazily } from "#components/ui/lazily.tsx";
import type { RegistrationView } from "#lib/operations/registrations/schema.ts";

const AddOrigin = lazily(async () => (await import("./add-origin.tsx")).AddOrigin);

export type OriginActs = {
  addOrigin: FormAction;
  approveOrigin: FormAction;
  declineOrigin: FormAction;
  removeOrigin: FormAction;
};

type Origin = RegistrationView["serviceOrigins"][number];
/** The token endpoint's own has no decision. */
type Row = { origin: string; decision: Origin | null };

const SOURCES: Record<Origin["source"], string> = {
  registration: "an address of the registration",
  launch: "a launch that the LMS signed",
  course: "an address entered for a course",
  platform: "an address in a reply of the LMS",
  operator: "entered here",
  upgrade: "in use before approvals began: look at it once",
};

/** Where access tokens of a registration may go: what waits, what is approved, by whom and when. */
export function ServiceOriginsCard(props: OriginActs & { registration: RegistrationView }) {
  const { id, tokenEndpoint, serviceOrigins } = props.registration;
  const rows: Row[] = [
    { origin: new URL(tokenEndpoint).origin, decision: null },
    ...serviceOrigins.map((decision) => ({ origin: decision.origin, decision })),
  ];
  return (
    <Card aria-labelledby="service-origins">
      <CardHeader
        id="service-origins"
        title="Service origins"
        description="The only hosts that access tokens of this registration are sent to. A launch that the LMS signed adds its own; every other address waits for an admin."
      />
      <ListTable
        caption="Service origins"
        columns={columnsWith(id, props)}
        rows={rows}
        rowKey={({ origin }) => origin}
      />
      <CardBody className="border-t">
        <Disclosure summary="Approve an origin">
          <AddOrigin registrationId={id} add={props.addOrigin} />
        </Disclosure>
      </CardBody>
    </Card>
  );
}

const columnsWith = (registrationId: string, acts: OriginActs): Column<Row>[] => [
  {
    key: "origin",
    header: "Origin",
    isLead: true,
    cell: ({ origin }) => <CopyValue value={origin} label="origin" />,
  },
  {
    key: "source",
    phone: "figure",
    header: "Named by",
    className: "[--cut:18rem]",
    cell: ({ decision }) => (decision ? SOURCES[decision.source] : "the token endpoint"),
  },
  {
    key: "decision",
    phone: "figure",
    header: "Decision",
    cell: ({ decision }) => <Decision of={decision} />,
  },
  {
    key: "acts",
    className: "[--cut:none]",
    phone: "figure",
    header: "Acts",
    isHeaderHidden: true,
    align: "end",
    cell: ({ decision }) =>
      decision && <Acts registrationId={registrationId} origin={decision} {...acts} />,
  },
];

function Decision({ of: decision }: { of: Origin | null }) {
  if (!decision) return "Always: tokens come from there";
  if (decision.state === "pending")
    return (
      <>
        <Badge>Waiting</Badge>{" "}
        <span className="text-muted">
          asked for <RelativeTime at={decision.createdAt} />
        </span>
      </>
    );
  return (
    <>
      {decision.state === "approved" ? "Approved" : <Badge>Declined</Badge>}{" "}
      <span className="text-muted">
        {decision.decidedBy !== null && `by ${decision.decidedBy}, `}
        <RelativeTime at={decision.decidedAt} />
      </span>
    </>
  );
}

function Acts(props: OriginActs & { registrationId: string; origin: Origin }) {
  const { registrationId, origin: decision } = props;
  const { origin, state } = decision;
  const values = { registrationId, originId: decision.id };
  return (
    <Needs right="admin">
      <span className="inline-flex items-center justify-end gap-2">
        {state !== "approved" && (
          <ActionButton
            action={props.approveOrigin}
            values={values}
            size="sm"
            label={`Approve ${origin}`}
          >
            Approve
          </ActionButton>
        )}
        {state === "pending" && (
          <ActionButton
            action={props.declineOrigin}
            values={values}
            size="sm"
            look="quiet"
            label={`Decline ${origin}`}
          >
            Decline
          </ActionButton>
        )}
        {state !== "pending" && (
          <Remove action={props.removeOrigin} values={values} of={decision} />
        )}
      </span>
    </Needs>
  );
}

function Remove(props: { action: FormAction; values: Record<string, string>; of: Origin }) {
  const { origin, state } = props.of;
  const label = `Remove ${origin}`;
  if (state === "declined")
    return (
      <ActionButton {...props} size="sm" look="quiet" label={label}>
        Remove
      </ActionButton>
    );
  return (
    <ConfirmAct
      {...props}
      word="Remove…"
      label={label}
      size="sm"
      look="quiet"
      title={`Send no more tokens to ${origin}?`}
      act="Remove origin"
    >
      <p>
        Courses whose addresses are there are no longer synced, and runs under way stop with their
        next call. Nothing that was synced is lost. A launch that names the origin approves it
        again: decline it to keep it out.
      </p>
    </ConfirmAct>
  );
}
