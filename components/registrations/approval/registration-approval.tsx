import { ActionButton } from "#components/forms/acts/action-button.tsx";
import type { FormAction } from "#components/forms/form-state.ts";
import { Badge } from "#components/ui/text/badge.tsx";
import { Banner } from "#components/ui/boxes/banner.tsx";
import { Card, CardBody, CardHeader } from "#components/ui/boxes/card.tsx";
import { FactList } from "#components/ui/text/fact-list.tsx";
import { TextLink } from "#components/ui/buttons/text-link.tsx";
import { UNKNOWN } from "#lib/format.ts";
import type { ServiceScope } from "#lib/operations/registrations/platform-facts.ts";
import type { RegistrationView } from "#lib/operations/registrations/schema.ts";
import { ApproveRegistration } from "./approve-registration.tsx";
import { GrantedScopes } from "./granted-scopes.tsx";
import { PLATFORM_NAMES } from "#lib/platforms/names.ts";

export type RegistrationActs = { approve: FormAction; decline: FormAction };

export type ApprovalProps = RegistrationActs & {
  registration: RegistrationView;
  scopes: ServiceScope[];
  /** Where this is not the registration's own page. */
  isLinked?: boolean;
  /** What the decisions need beside the registration. */
  values?: Record<string, string>;
};

/** A registration that an LMS made: who it is, what it grants, and the decision. */
export function RegistrationApproval(props: ApprovalProps) {
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
      {registration.sameIssuer.length > 0 && <SameIssuer registration={registration} />}
      <FactList facts={factsOf(registration)} />
      <CardBody className="border-t">
        <GrantedScopes granted={registration.registeredScopes} scopes={props.scopes} />
      </CardBody>
    </Card>
  );
}

/** The same site may have registered Rollbook twice; at hosts of many schools it need not be so. */
function SameIssuer({ registration }: { registration: RegistrationView }) {
  return (
    <Banner tone="warn" className="mx-4 my-3" title="This issuer is registered already">
      <ul className="list-inside list-disc">
        {registration.sameIssuer.map(({ id, name, clientId, state }) => (
          <li key={id}>
            <TextLink href={`/registrations/${id}`}>{name}</TextLink>, client ID{" "}
            <code className="font-mono text-xs break-all">{clientId}</code>
            {state !== "active" && `, ${state === "pending" ? "waits for approval" : "declined"}`}
          </li>
        ))}
      </ul>
      <p>
        If it is the same site, decline this one and have the LMS update its existing tool, or its
        courses arrive twice. Hosts of many schools share one issuer: then approve it.
      </p>
    </Banner>
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
          {product || UNKNOWN} <Badge>{PLATFORM_NAMES[profile]}</Badge>
        </span>
      ),
    },
    {
      label: "Deployments",
      value: deployments.map(({ deploymentId }) => deploymentId).join(", ") || "none named yet",
    },
  ];
}
