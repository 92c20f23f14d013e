import type { Metadata } from "next";
import { pageCaller } from "../../../_server/caller.ts";
import { saveRegistration } from "../actions.ts";
import { PageHeader } from "#components/layout/page-header.tsx";
import { GiveCard } from "#components/registrations/give-card.tsx";
import { PlatformChooser } from "#components/registrations/platform-chooser.tsx";
import { presetFrom } from "#components/registrations/platforms/preset.ts";
import { RegistrationForm } from "#components/registrations/registration-form.tsx";
import { Card, CardBody, CardHeader } from "#components/ui/card.tsx";
import { TextLink } from "#components/ui/text-link.tsx";
import { platformLimits } from "#lib/operations/platform-facts.ts";

export const metadata: Metadata = { title: "Connect an LMS" };

type Choice = Promise<{ platform?: string; environment?: string; site?: string }>;

const CRUMBS = [{ label: "Registrations", href: "/registrations" }];

export default async function NewRegistrationPage(props: { searchParams: Choice }) {
  const { settings } = await pageCaller("/registrations/new");
  const preset = presetFrom(await props.searchParams);
  if (!preset) return <ChoosePlatform />;

  const { guide, values } = preset;
  return (
    <>
      <PageHeader
        title={`Connect ${guide.profile === "other" ? "an LMS" : guide.name}`}
        crumbs={CRUMBS}
        description={
          <>
            Exchange these values with the LMS administrator.{" "}
            <TextLink href="/registrations/new">Another platform</TextLink>
          </>
        }
      />
      <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,24rem)_minmax(0,1fr)]">
        <GiveCard
          guide={guide}
          tool={{ keysetUrl: `${settings.publicUrl}/lti/jwks`, toolUrl: settings.publicUrl }}
        />
        <Card aria-labelledby="paste">
          <CardHeader id="paste" title="Paste these back" />
          <CardBody>
            <RegistrationForm
              action={saveRegistration}
              guide={guide}
              limits={platformLimits(guide.profile)}
              defaultValue={{ profile: guide.profile, ...values, deploymentIds: [""] }}
              cancelHref="/registrations"
            />
          </CardBody>
        </Card>
      </div>
    </>
  );
}

function ChoosePlatform() {
  return (
    <>
      <PageHeader
        title="Connect an LMS"
        crumbs={CRUMBS}
        description="Which platform is it? Addresses that are the same everywhere are filled in for you."
      />
      <PlatformChooser />
    </>
  );
}
