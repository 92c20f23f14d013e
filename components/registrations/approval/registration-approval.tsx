import { ActionButton } from "#components/forms/acts/action-button.tsx";
import type { FormAction } from "#components/forms/form-state.ts";
import { Badge } from "#components/ui/badge.tsx";
import { Card, CardBody, CardHeader } from "#components/ui/card.tsx";
import { FactList } from "#components/ui/fact-list.tsx";
import { TextLink } from "#components/ui/text-link.tsx";
import { UNKNOWN } from "#lib/format.ts";
import type { ServiceScope } from "#lib/operations/registrations/platform-facts.ts";
import type { RegistrationView } from "#lib/operations/registrations/schema.ts";
import { ApproveRegistration } from "./approve-registration.tsx";
import { GrantedScopes } from "./granted-scopes.tsx";
import { guideFor } from "#lib/platforms/index.ts";

export type RegistrationActs = { approve: FormAction; decline: FormAction };

/** A registration that an LMS made: who it is, what it grants, and the decision. */
export function RegistrationApproval(
  props: RegistrationActs & {
    registration: RegistrationView;
    scopes: ServiceScope[];
    /** Where this is not the registration's own page. */
    isLinked?: boolean;
    /** What the decisions need beside the registration. */
    values?: Record<string, string>;
  },
) {
  const { registration } = props;
  const values = { ...props.values, registrationId: registration.id };
  const id = `approval-${registration.id}`;
  const isPending = registration.state === "pending";
  return (
    <Card aria-labelledby={id}>
      <CardHeader
        id={id}
        title={
          props.isLinked ? (
            <TextLink href={`/registrations/${registration.id}`}>{registration.name}</TextLink>
          ) : isPending ? (
            "Waiting for approval"
          ) : (
            "Declined"
          )
        }
        description={
          isPending
            ? "The LMS registered Rollbook itself. Until somebody approves it, nothing is launched and nothing is synced."
            : "Nothing is launched and nothing is synced."
        }
        actions={
          <>
            <ApproveRegistration action={props.approve} values={values} name={registration.name} />
            {isPending && (
              <ActionButton
                action={props.decline}
                values={values}
                label={`Decline ${registration.name}`}
              >
                Decline
              </ActionButton>
            )}
          </>
        }
      />
      <FactList facts={factsOf(registration)} />
      <CardBody className="border-t">
        <GrantedScopes granted={registration.registeredScopes} scopes={props.scopes} />
      </CardBody>
    </Card>
  );
}

function factsOf({ issuer, clientId, profile, platformFacts, deployments }: RegistrationView) {
  const product = [platformFacts?.family, platformFacts?.version].filter(Boolean).join(" ");
  return [
    { label: "Issuer", value: <code className="font-mono text-xs break-all">{issuer}</code> },
    { label: "Client ID", value: <code className="font-mono text-xs break-all">{clientId}</code> },
    {
      label: "Platform",
      value: (
        <span className="flex flex-wrap items-center gap-2">
          {product || UNKNOWN} <Badge>{guideFor(profile).name}</Badge>
        </span>
      ),
    },
    {
      label: "Deployments",
      value: deployments.map(({ deploymentId }) => deploymentId).join(", ") || "none named yet",
    },
  ];
}
