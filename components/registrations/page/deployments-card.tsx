"use client";

import type { FormAction } from "#components/forms/form-state.ts";
import { RelativeTime } from "#components/live/time/time.tsx";
import { Card, CardBody, CardHeader } from "#components/ui/boxes/card.tsx";
import { CopyValue } from "#components/ui/buttons/copy-value.tsx";
import { ListTable } from "#components/lists/list-table.tsx";
import type { Column } from "#components/ui/tables/data-table.tsx";
import { Disclosure } from "#components/ui/boxes/disclosure.tsx";
import { lazily } from "#components/ui/lazily.tsx";
import { TextLink } from "#components/ui/buttons/text-link.tsx";
import { plural, UNKNOWN } from "#lib/format.ts";
import type { RegistrationView } from "#lib/operations/registrations/schema.ts";

import {
  DeploymentApproval,
  type DeploymentActs,
} from "#components/registrations/approval/deployment-approval.tsx";

const AddDeployment = lazily(async () => (await import("./add-deployment.tsx")).AddDeployment);

type Deployment = RegistrationView["deployments"][number];

const columnsWith = (registrationId: string, acts: DeploymentActs): Column<Deployment>[] => [
  {
    key: "id",
    header: "Deployment ID",
    isLead: true,
    cell: ({ deploymentId }) => <CopyValue value={deploymentId} label="deployment ID" />,
  },
  { key: "label", header: "Label", cell: ({ label }) => label || UNKNOWN },
  {
    key: "courses",
    phone: "figure",
    header: "Courses",
    align: "end",
    cell: ({ courseCount }) => plural(courseCount, "course"),
  },
  {
    key: "launch",
    phone: "figure",
    header: "Last launch",
    align: "end",
    cell: ({ lastLaunchAt }) => <RelativeTime at={lastLaunchAt} unknown="no launch yet" />,
  },
  {
    key: "state",
    className: "[--cut:none]",
    phone: "state",
    header: "Approval",
    align: "end",
    cell: (deployment) => (
      <DeploymentApproval registrationId={registrationId} deployment={deployment} {...acts} />
    ),
  },
];

export function DeploymentsCard(
  props: DeploymentActs & { registration: RegistrationView; add: FormAction },
) {
  const { deployments, id, courseCount } = props.registration;
  return (
    <Card aria-labelledby="deployments">
      <CardHeader
        id="deployments"
        title="Deployments"
        description="Placements of the tool in the LMS; each course belongs to one."
        actions={
          courseCount > 0 && (
            <TextLink href={`/registrations/${id}/courses`} className="text-sm">
              {plural(courseCount, "course")}
            </TextLink>
          )
        }
      />
      {deployments.length > 0 ? (
        <ListTable
          caption="Deployments"
          columns={columnsWith(id, props)}
          rows={deployments}
          rowKey={(deployment) => deployment.id}
        />
      ) : (
        <p className="px-4 py-3 text-sm text-muted">
          None yet. A deployment ID is also recorded with the first course that names it.
        </p>
      )}
      <CardBody className="border-t">
        <Disclosure summary="Add a deployment">
          <AddDeployment registrationId={id} add={props.add} />
        </Disclosure>
      </CardBody>
    </Card>
  );
}
