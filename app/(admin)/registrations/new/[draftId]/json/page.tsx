import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { readDraft, type DraftParams } from "../../read-draft.ts";
import { guideFor } from "#lib/platforms/index.ts";
import { Card, CardBody, CardHeader } from "#components/ui/boxes/card.tsx";
import { CanvasIdsForm } from "#components/wizard/forms/by-hand-form.tsx";
import { CanvasJson } from "#components/wizard/forms/canvas-json.tsx";
import { WizardPage } from "#components/wizard/wizard-page.tsx";
import { canvasConfiguration } from "#lib/operations/invitations/canvas-configuration.ts";
import { toolAddresses } from "#lib/operations/invitations/tool-description.ts";
import { keepAndGoBack, saveRegistration } from "../../actions.ts";

export const metadata: Metadata = { title: "Connect an LMS: JSON" };

export default async function CanvasJsonPage(props: DraftParams) {
  const { caller, draft } = await readDraft(props, "json");
  if (draft.profile !== "canvas") notFound();
  const guide = guideFor(draft.profile);
  return (
    <WizardPage
      step="exchange"
      draft={draft}
      description="Canvas takes the configuration in one piece and answers with two IDs."
    >
      <div className="grid items-start gap-5 lg:grid-cols-2">
        <CanvasJson
          menuPath={guide.menuPath}
          configuration={canvasConfiguration(caller)}
          redirectUri={toolAddresses(caller).redirectUrl}
        />
        <Card aria-labelledby="paste">
          <CardHeader id="paste" title="Paste these back" />
          <CardBody>
            <CanvasIdsForm
              draft={draft}
              guide={guide}
              save={saveRegistration}
              goBack={keepAndGoBack}
            />
          </CardBody>
        </Card>
      </div>
    </WizardPage>
  );
}
