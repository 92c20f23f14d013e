import type { Metadata } from "next";
import { pageCaller } from "../../../../_server/caller.ts";
import { found } from "../../../../_server/found.ts";
import { prefetch } from "../../../../_server/prefetch.ts";
import { ConfirmByName } from "#components/forms/acts/below/confirm-by-name.tsx";
import { RegistrationKeysCard } from "#components/keys/registration-keys.tsx";
import { Prefetched } from "#components/live/prefetched.tsx";
import { reads } from "#components/live/reads.ts";
import { guideFor } from "#lib/platforms/index.ts";
import { RegistrationForm } from "#components/registrations/form/registration-form.tsx";
import { Card, CardBody, CardHeader } from "#components/ui/boxes/card.tsx";
import { plural } from "#lib/format.ts";
import { platformLimits } from "#lib/operations/registrations/platform-facts.ts";
import { getRegistration } from "#lib/operations/registrations/registrations.ts";
import type { RegistrationView } from "#lib/operations/registrations/schema.ts";
import { archive, saveChanges } from "../actions.ts";
import * as keyActs from "./actions.ts";

export const metadata: Metadata = { title: "Settings of a registration" };

export default async function RegistrationSettingsPage(props: {
  params: Promise<{ registrationId: string }>;
}) {
  const { registrationId } = await props.params;
  const caller = await pageCaller(`/registrations/${registrationId}/settings`);
  const registration = await found(getRegistration(caller, { registrationId }));
  return (
    <div className="max-w-3xl space-y-5">
      <Card aria-labelledby="details">
        <CardHeader
          id="details"
          title="Details"
          description="A change of issuer, client ID, token endpoint or audience drops the cached token; an admin confirms a new token endpoint or audience."
        />
        <CardBody>
          <RegistrationForm
            action={saveChanges}
            registrationId={registrationId}
            version={registration.version}
            guide={guideFor(registration.profile)}
            limits={platformLimits(registration.profile)}
            defaultValue={formValues(registration)}
            cancelHref={`/registrations/${registrationId}`}
          />
        </CardBody>
      </Card>
      <Prefetched reads={[await prefetch(caller, reads.registrationKeys({ registrationId }))]}>
        <RegistrationKeysCard
          registrationId={registrationId}
          choose={keyActs.chooseSigning}
          importKey={keyActs.importKey}
          useKey={keyActs.useKey}
          deleteKey={keyActs.deleteKey}
        />
      </Prefetched>
      {!registration.archivedAt && <Archive registration={registration} />}
    </div>
  );
}

function formValues({ profileOverrides, ...registration }: RegistrationView) {
  const { wipesUnlessFullyGraded, makesSubmissions, newSubmission, ...numbers } = profileOverrides;
  return {
    name: registration.name,
    profile: registration.profile,
    issuer: registration.issuer,
    clientId: registration.clientId,
    tokenEndpoint: registration.tokenEndpoint,
    authorizationEndpoint: registration.authorizationEndpoint,
    jwksUrl: registration.jwksUrl,
    audience: registration.audience,
    audienceValues: registration.audienceValues,
    assertionTyp: registration.assertionTyp,
    profileOverrides: {
      ...numbers,
      wipesUnlessFullyGraded: yesOrNo(wipesUnlessFullyGraded),
      makesSubmissions: yesOrNo(makesSubmissions),
      newSubmission: yesOrNo(newSubmission),
    },
  };
}

function yesOrNo(choice: boolean | undefined): string | undefined {
  return choice === undefined ? undefined : choice ? "yes" : "no";
}

function Archive({ registration }: { registration: RegistrationView }) {
  const { id, name, deployments, courseCount } = registration;
  return (
    <ConfirmByName
      action={archive}
      values={{ registrationId: id }}
      title="Archive this registration"
      name={name}
      act="Archive registration"
      touches={
        <p>
          Stops syncing {plural(deployments.length, "deployment")} with{" "}
          {plural(courseCount, "course")}. Rosters, scores and runs are kept, and it can be
          restored.
        </p>
      }
    />
  );
}
