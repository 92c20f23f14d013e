import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { approveDeployment, declineDeployment } from "../../../[registrationId]/actions.ts";
import { prefetch } from "../../../../../_server/prefetch.ts";
import { readDraft, type DraftParams } from "../../read-draft.ts";
import { Prefetched } from "#components/live/prefetched.tsx";
import { firstCoursesOf, reads } from "#components/live/reads.ts";
import { FirstLaunch } from "#components/wizard/invitation/first-launch.tsx";
import { ToolLaunches } from "#components/wizard/tool/tool-launches.tsx";
import { WizardPage } from "#components/wizard/wizard-page.tsx";
import { finish } from "../../actions.ts";

export const metadata: Metadata = { title: "Connect an LMS: first launch" };

export default async function FirstLaunchPage(props: DraftParams) {
  const { caller, draft } = await readDraft(props, "launch");
  const { registrationId } = draft.values;
  if (!registrationId) redirect(`/registrations/new/${draft.id}/way`);
  const read = await Promise.all([
    prefetch(caller, reads.registration({ registrationId })),
    prefetch(caller, firstCoursesOf(registrationId)),
  ]);
  return (
    <WizardPage
      step="launch"
      draft={draft}
      description="Courses come by launches: open the tool once from a course in the LMS."
    >
      {draft.values.way === "tool" && (
        <ToolLaunches publicUrl={caller.settings.publicUrl} registrationId={registrationId} />
      )}
      <Prefetched reads={read}>
        <FirstLaunch
          draftId={draft.id}
          registrationId={registrationId}
          finish={finish}
          acts={{ approveDeployment, declineDeployment }}
        />
      </Prefetched>
    </WizardPage>
  );
}
