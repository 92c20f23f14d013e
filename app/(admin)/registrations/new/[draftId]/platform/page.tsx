import type { Metadata } from "next";
import { readDraft, type DraftParams } from "../../read-draft.ts";
import { guideFor } from "#lib/platforms/index.ts";
import { PlaceForm } from "#components/wizard/forms/place-form.tsx";
import { WizardPage } from "#components/wizard/wizard-page.tsx";
import { movePlace } from "../../actions.ts";

export const metadata: Metadata = { title: "Connect an LMS: platform" };

export default async function PlacePage(props: DraftParams) {
  const { draft } = await readDraft(props, "platform");
  const { name, environment, site } = draft.values;
  const guide = guideFor(draft.profile);
  return (
    <WizardPage step="platform" draft={draft} description={`${guide.name}: ${guide.summary}`}>
      <PlaceForm
        action={movePlace}
        guide={guide}
        draftId={draft.id}
        place={{ name, environment, site }}
      />
    </WizardPage>
  );
}
