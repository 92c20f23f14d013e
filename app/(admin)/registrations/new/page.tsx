import type { Metadata } from "next";
import { pageCaller } from "../../../_server/caller.ts";
import { PlatformChooser } from "#components/registrations/form/platform-chooser.tsx";
import { platformGuides } from "#lib/platforms/index.ts";
import { PlaceForm } from "#components/wizard/forms/place-form.tsx";
import { WizardPage } from "#components/wizard/wizard-page.tsx";
import { begin } from "./actions.ts";

export const metadata: Metadata = { title: "Connect an LMS" };

export default async function NewRegistrationPage(props: {
  searchParams: Promise<{ platform?: string }>;
}) {
  await pageCaller("/registrations/new");
  const { platform } = await props.searchParams;
  const guide = platformGuides.find(({ profile }) => profile === platform);
  if (!guide) {
    return (
      <WizardPage
        step="platform"
        description="Which platform is it? Addresses that are the same everywhere are filled in for you."
      >
        <PlatformChooser />
      </WizardPage>
    );
  }
  const place = { environment: guide.environments[0]?.key };
  return (
    <WizardPage step="platform" description={`${guide.name}: ${guide.summary}`}>
      <PlaceForm action={begin} guide={guide} place={place} />
    </WizardPage>
  );
}
