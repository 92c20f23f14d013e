import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { approveDeployment, declineDeployment } from "../../../[registrationId]/actions.ts";
import { readDraft, type DraftParams } from "../../read-draft.ts";
import { FirstPaint } from "#components/live/first-paint.tsx";
import { FirstLaunch } from "#components/wizard/first-launch.tsx";
import { firstCoursesQuery } from "#components/wizard/first-courses-query.ts";
import { WizardPage } from "#components/wizard/wizard-page.tsx";
import { listCourses } from "#lib/operations/courses/courses.ts";
import { getRegistration } from "#lib/operations/registrations/registrations.ts";
import { finish } from "../../actions.ts";

export const metadata: Metadata = { title: "Connect an LMS: first launch" };

export default async function FirstLaunchPage(props: DraftParams) {
  const { caller, draft } = await readDraft(props, "launch");
  const { registrationId } = draft.values;
  if (!registrationId) redirect(`/registrations/new/${draft.id}/way`);
  const query = firstCoursesQuery(registrationId);
  const [registration, courses] = await Promise.all([
    getRegistration(caller, { registrationId }),
    listCourses(caller, query),
  ]);
  return (
    <WizardPage
      step="launch"
      draft={draft}
      description="Courses come by launches: open the tool once from a course in the LMS."
    >
      <FirstPaint
        reads={[
          { path: `/api/v1/registrations/${registrationId}`, data: registration },
          { path: "/api/v1/courses", query, data: courses },
        ]}
      >
        <FirstLaunch
          draftId={draft.id}
          registrationId={registrationId}
          finish={finish}
          acts={{ approveDeployment, declineDeployment }}
        />
      </FirstPaint>
    </WizardPage>
  );
}
