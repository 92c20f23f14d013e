import type { Metadata } from "next";
import { readDraft, type DraftParams } from "../../read-draft.ts";
import { WayChooser } from "#components/wizard/way-chooser.tsx";
import { WizardPage } from "#components/wizard/wizard-page.tsx";
import { chooseWay } from "../../actions.ts";

export const metadata: Metadata = { title: "Connect an LMS: way" };

export default async function WayPage(props: DraftParams) {
  const { draft } = await readDraft(props, "way");
  return (
    <WizardPage
      step="way"
      draft={draft}
      description="How the two sides come to know each other. Each way ends in the same registration."
    >
      <WayChooser draft={draft} choose={chooseWay} />
    </WizardPage>
  );
}
