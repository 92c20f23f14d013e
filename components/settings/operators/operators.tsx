"use client";

import { ConfirmAct } from "#components/forms/acts/confirm-act.tsx";
import type { FormAction } from "#components/forms/form-state.ts";
import { ReadState } from "#components/live/read-state.tsx";
import { reads } from "#components/live/reads.ts";
import { RelativeTime } from "#components/live/time/time.tsx";
import { useRead } from "#components/live/use-read.ts";
import { Badge } from "#components/ui/text/badge.tsx";
import { Card, CardBody, CardHeader } from "#components/ui/boxes/card.tsx";
import { ListTable } from "#components/lists/list-table.tsx";
import type { Column } from "#components/ui/tables/data-table.tsx";
import { SkeletonRows } from "#components/ui/boxes/skeleton.tsx";
import type { OperatorView } from "#lib/operations/operators/schema.ts";
import type { PasswordLink } from "#lib/operations/passwords/link-schema.ts";
import type { Option } from "#components/forms/fields/select-field.tsx";
import { ChangeAccess } from "./change-access.tsx";
import { LimitWords } from "./limit-words.tsx";
import { InviteOperator } from "./invite-operator.tsx";
import { PasswordLinkButton } from "./password-link-button.tsx";

type Props = {
  ownId: string;
  invite: FormAction<PasswordLink>;
  makeLink: FormAction<PasswordLink>;
  change: FormAction;
  remove: FormAction;
  reset: FormAction;
  /** To which a person can be limited. */
  registrations: Option[];
};

/** The people who can sign in, and what each may do. */
export function Operators(props: Props) {
  const read = useRead(reads.operators({}));
  return (
    <Card aria-labelledby="operators">
      <CardHeader
        id="operators"
        title="Operators"
        description="The people who can sign in. Who is invited chooses a password by a link."
      />
      <CardBody className="border-b">
        <InviteOperator invite={props.invite} registrations={props.registrations} />
      </CardBody>
      <ReadState of={read} errorClassName="p-3" waiting={<SkeletonRows rows={2} />}>
        {({ items }) => (
          <ListTable
            caption="Operators"
            columns={columnsWith(props)}
            rows={items}
            rowKey={(operator) => operator.id}
          />
        )}
      </ReadState>
    </Card>
  );
}

function columnsWith({
  ownId,
  makeLink,
  change,
  remove,
  reset,
  registrations,
}: Props): Column<OperatorView>[] {
  return [
    {
      key: "name",
      header: "Name",
      isLead: true,
      cell: ({ id, name, email }) => (
        <>
          <span className="inline-flex items-center gap-2 font-medium">
            {name} {id === ownId && <Badge>You</Badge>}
          </span>
          <span className="block text-xs text-muted">{email}</span>
        </>
      ),
    },
    {
      key: "role",
      phone: "figure",
      header: "Role",
      cell: ({ role, seesNames, registrationIds }) => (
        <>
          <span className="capitalize">{role}</span>
          <span className="block text-xs text-muted">
            {seesNames ? "sees names" : "names hidden"}
          </span>
          <LimitWords registrationIds={registrationIds} registrations={registrations} />
        </>
      ),
    },
    { key: "added", header: "Added", cell: ({ createdAt }) => <RelativeTime at={createdAt} /> },
    {
      key: "seen",
      phone: "figure",
      header: "Last signed in",
      cell: ({ lastSeenAt, signsInBy, linkEndsAt, secondFactors }) => (
        <>
          <RelativeTime at={lastSeenAt} unknown={signsInBy.length > 0 ? "No session" : "Never"} />
          {secondFactors.length > 0 && (
            <span className="block text-xs text-muted">with {factorWords(secondFactors)}</span>
          )}
          {linkEndsAt && (
            <span className="block text-xs text-muted">
              Link ends <RelativeTime at={linkEndsAt} />
            </span>
          )}
        </>
      ),
    },
    {
      key: "act",
      className: "[--cut:none]",
      phone: "figure",
      header: "Change or remove",
      isHeaderHidden: true,
      align: "end",
      cell: (operator) =>
        operator.id !== ownId && (
          <div className="flex flex-wrap justify-end gap-2">
            <PasswordLinkButton operator={operator} create={makeLink} />
            <ChangeAccess operator={operator} change={change} registrations={registrations} />
            {operator.secondFactors.length > 0 && (
              <ConfirmAct
                action={reset}
                values={{ operatorId: operator.id }}
                size="sm"
                word="Reset second factor"
                label={`Reset second factor of ${operator.name}`}
                title={`Take the second factor of ${operator.name} away?`}
                act="Take it away"
              >
                <p>
                  App, recovery codes and passkeys of {operator.name} ({operator.email}) are no
                  longer good, and all sessions end. The password alone lets this person in until
                  something is set up again: be sure who asks for it.
                </p>
              </ConfirmAct>
            )}
            <ConfirmAct
              action={remove}
              values={{ operatorId: operator.id }}
              size="sm"
              word="Remove"
              label={`Remove ${operator.name}`}
              title={`Remove ${operator.name}?`}
              act="Remove the operator"
              typedName={operator.email}
            >
              <p>
                {operator.name} ({operator.email}) is signed out everywhere at once and cannot sign
                in any more.
              </p>
              <p>What this person did stays in the audit log; schedules and runs go on.</p>
            </ConfirmAct>
          </div>
        ),
    },
  ];
}

function factorWords(factors: OperatorView["secondFactors"]): string {
  return factors.map((factor) => (factor === "app" ? "an app" : "a passkey")).join(" and ");
}
