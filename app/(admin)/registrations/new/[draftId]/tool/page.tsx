import type { Metadata } from "next";
import { readDraft, type DraftParams } from "../../read-draft.ts";
import { guideFor } from "#lib/platforms/index.ts";
import { Card, CardBody, CardHeader } from "#components/ui/boxes/card.tsx";
import { ByHandForm } from "#components/wizard/forms/by-hand-form.tsx";
import { ToolValues } from "#components/wizard/tool/tool-values.tsx";
import { WizardPage } from "#components/wizard/wizard-page.tsx";
import { platformLimits } from "#lib/operations/registrations/platform-facts.ts";
import { keepAndGoBack, saveRegistration } from "../../actions.ts";

export const metadata: Metadata = { title: "Connect an LMS: your tool" };

export default async function ToolPage(props: DraftParams) {
  const { draft } = await readDraft(props, "tool");
  return (
    <WizardPage
      step="exchange"
      draft={draft}
      description="Copy from the tool’s own configuration what it knows of this LMS; nothing changes in the LMS."
    >
      <div className="grid grid-cols-1 items-start gap-5 lg:grid-cols-2">
        <ToolValues />
        <Card aria-labelledby="paste">
          <CardHeader id="paste" title="Paste the tool’s values" />
          <CardBody>
            <ByHandForm
              draft={draft}
              guide={guideFor(draft.profile)}
              limits={platformLimits(draft.profile)}
              save={saveRegistration}
              goBack={keepAndGoBack}
            />
          </CardBody>
        </Card>
      </div>
    </WizardPage>
  );
}
