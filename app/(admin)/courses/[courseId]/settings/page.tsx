import type { Metadata } from "next";
import { pageCaller } from "../../../../_server/caller.ts";
import { prefetch } from "../../../../_server/prefetch.ts";
import { CourseSettingsForm } from "#components/courses/settings/course-settings-form.tsx";
import { Prefetched } from "#components/live/prefetched.tsx";
import { reads, schedulesOf } from "#components/live/reads.ts";
import { ScheduleList } from "#components/schedules/schedule-list.tsx";
import { disable, enable, remove } from "../../../schedules/actions.ts";
import { saveSettings } from "./actions.ts";

export const metadata: Metadata = { title: "Course settings" };

const RESULTS = "https://purl.imsglobal.org/spec/lti-ags/scope/result.readonly";

export default async function CourseSettingsPage(props: { params: Promise<{ courseId: string }> }) {
  const { courseId } = await props.params;
  const caller = await pageCaller(`/courses/${courseId}/settings`);
  const [{ data: course }, schedules] = await Promise.all([
    prefetch(caller, reads.course({ courseId })),
    prefetch(caller, schedulesOf({ courseId })),
  ]);
  const { sendPolicy, conflictPolicy, notFullyGraded, sendUnchanged, verifyAfterSend, scopes } =
    course;
  return (
    <Prefetched reads={[schedules]}>
      <div className="max-w-3xl space-y-5">
        <CourseSettingsForm
          action={saveSettings}
          courseId={courseId}
          version={course.settingsVersion}
          settings={{ sendPolicy, conflictPolicy, notFullyGraded, sendUnchanged, verifyAfterSend }}
          readsResults={scopes.length === 0 || scopes.includes(RESULTS)}
        />
        <ScheduleList
          of={{ courseId }}
          newHref={course.archivedAt ? undefined : `/schedules/new?courseId=${courseId}`}
          enable={enable}
          disable={disable}
          remove={remove}
        />
      </div>
    </Prefetched>
  );
}
