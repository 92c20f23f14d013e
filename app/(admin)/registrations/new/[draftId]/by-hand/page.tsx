import type { Metadata } from "next";
import { readDraft, type DraftParams } from "../../read-draft.ts";
import { GiveCard } from "#components/registrations/form/give-card.tsx";
import { guideFor } from "#lib/platforms/index.ts";
import { Card, CardBody, CardHeader } from "#components/ui/boxes/card.tsx";
import { ByHandForm } from "#components/wizard/forms/by-hand-form.tsx";
import { WizardPage } from "#components/wizard/wizard-page.tsx";
import { platformLimits } from "#lib/operations/registrations/platform-facts.ts";
import { toolAddresses } from "#lib/operations/invitations/tool-description.ts";
import { keepAndGoBack, saveRegistration } from "../../actions.ts";

export const metadata: Metadata = { title: "Connect an LMS: by hand" };

export default async function ByHandPage(props: DraftParams) {
  const { caller, draft } = await readDraft(props, "by-hand");
  const guide = guideFor(draft.profile);
  return (
    <WizardPage
      step="exchange"
      draft={draft}
      description="Exchange these values with the LMS administrator. The labels are the LMS’s own."
    >
      <div className="grid items-start gap-5 lg:grid-cols-2">
        <GiveCard guide={guide} tool={toolAddresses(caller)} />
        <Card aria-labelledby="paste">
          <CardHeader id="paste" title="Paste these back" />
          <CardBody>
            <ByHandForm
              draft={draft}
              guide={guide}
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
