import { ActionButton } from "#components/forms/acts/action-button.tsx";
import type { FormAction } from "#components/forms/form-state.ts";
import { Badge } from "#components/ui/text/badge.tsx";
import type { RegistrationView } from "#lib/operations/registrations/schema.ts";

export type DeploymentActs = { approveDeployment: FormAction; declineDeployment: FormAction };

type Deployment = RegistrationView["deployments"][number];

/** Whether a deployment's launches make courses; who has not been asked is asked here. */
export function DeploymentApproval(
  props: DeploymentActs & { registrationId: string; deployment: Deployment },
) {
  const { deployment, registrationId } = props;
  const values = { registrationId, deploymentId: deployment.id };
  const name = deployment.label || deployment.deploymentId;
  if (deployment.state === "approved") return <>Approved</>;
  return (
    <span className="inline-flex items-center justify-end gap-2">
      <Badge>{deployment.state === "pending" ? "Waiting" : "Declined"}</Badge>
      <ActionButton
        action={props.approveDeployment}
        values={values}
        size="sm"
        label={`Approve deployment ${name}`}
      >
        Approve
      </ActionButton>
      {deployment.state === "pending" && (
        <ActionButton
          action={props.declineDeployment}
          values={values}
          size="sm"
          look="quiet"
          label={`Decline deployment ${name}`}
        >
          Decline
        </ActionButton>
      )}
    </span>
  );
}
