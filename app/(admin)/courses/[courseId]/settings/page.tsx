import type { Metadata } from "next";
import { pageCaller } from "../../../../_server/caller.ts";
import { found } from "../../../../_server/found.ts";
import { CourseSettingsForm } from "#components/courses/course-settings-form.tsx";
import { FirstPaint } from "#components/live/first-paint.tsx";
import { ScheduleList } from "#components/schedules/schedule-list.tsx";
import { getCourse } from "#lib/operations/courses/courses.ts";
import { listSchedules } from "#lib/operations/schedules/schedules.ts";
import { disable, enable, remove } from "../../../schedules/actions.ts";
import { saveSettings } from "./actions.ts";

export const metadata: Metadata = { title: "Course settings" };

const RESULTS = "https://purl.imsglobal.org/spec/lti-ags/scope/result.readonly";

export default async function CourseSettingsPage(props: { params: Promise<{ courseId: string }> }) {
  const { courseId } = await props.params;
  const caller = await pageCaller(`/courses/${courseId}/settings`);
  const course = await found(getCourse(caller, { courseId }));
  const { sendPolicy, conflictPolicy, sendUnchanged, scopes } = course;
  const data = await listSchedules(caller, { courseId, limit: 200 });
  const query = { courseId, limit: "200" };
  return (
    <FirstPaint reads={[{ path: "/api/v1/schedules", query, data }]}>
      <div className="max-w-3xl space-y-5">
        <CourseSettingsForm
          action={saveSettings}
          courseId={courseId}
          settings={{ sendPolicy, conflictPolicy, sendUnchanged }}
          readsResults={scopes.length === 0 || scopes.includes(RESULTS)}
        />
        <ScheduleList
          query={query}
          newHref={course.archivedAt ? undefined : `/schedules/new?courseId=${courseId}`}
          enable={enable}
          disable={disable}
          remove={remove}
        />
      </div>
    </FirstPaint>
  );
}
