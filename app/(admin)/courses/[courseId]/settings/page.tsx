import type { Metadata } from "next";
import { pageCaller } from "../../../../_server/caller.ts";
import { prefetch } from "../../../../_server/prefetch.ts";
import { archive, saveChanges } from "../actions.ts";
import { CourseForm } from "#components/courses/settings/course-form.tsx";
import { CourseSettingsForm } from "#components/courses/settings/course-settings-form.tsx";
import { ConfirmByName } from "#components/forms/acts/confirm-by-name.tsx";
import { Prefetched } from "#components/live/prefetched.tsx";
import { reads, schedulesOf } from "#components/live/reads.ts";
import { ScheduleList } from "#components/schedules/schedule-list.tsx";
import { Card, CardBody, CardHeader } from "#components/ui/boxes/card.tsx";
import { plural } from "#lib/format.ts";
import type { CourseView } from "#lib/operations/courses/schema.ts";
import { courseFields } from "#lib/operations/courses/view.ts";
import { serviceScopes } from "#lib/operations/registrations/platform-facts.ts";
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
      <div className="grid max-w-3xl items-start gap-5 xl:max-w-none xl:grid-cols-2">
        <Details course={course} />
        <div className="space-y-5">
          <CourseSettingsForm
            action={saveSettings}
            courseId={courseId}
            version={course.settingsVersion}
            settings={{
              sendPolicy,
              conflictPolicy,
              notFullyGraded,
              sendUnchanged,
              verifyAfterSend,
            }}
            readsResults={scopes.length === 0 || scopes.includes(RESULTS)}
          />
          <ScheduleList
            of={{ courseId }}
            newHref={course.archivedAt ? undefined : `/schedules/new?courseId=${courseId}`}
            enable={enable}
            disable={disable}
            remove={remove}
          />
          {!course.archivedAt && <Archive course={course} />}
        </div>
      </div>
    </Prefetched>
  );
}

function Details({ course }: { course: CourseView }) {
  return (
    <Card aria-labelledby="details">
      <CardHeader
        id="details"
        title="Details"
        description="The next sync uses the new values; what was read and sent stays."
      />
      <CardBody>
        <CourseForm
          action={saveChanges}
          courseId={course.id}
          version={course.version}
          scopes={serviceScopes()}
          defaultValue={courseFields(course)}
          cancelHref={`/courses/${course.id}`}
        />
      </CardBody>
    </Card>
  );
}

function Archive({ course }: { course: CourseView }) {
  const { id, title, memberCount, scores } = course;
  const waiting = scores.pending + scores.sending;
  return (
    <ConfirmByName
      action={archive}
      values={{ courseId: id }}
      title="Archive this course"
      name={title}
      act="Archive course"
      touches={
        <p>
          Stops syncing {memberCount === null ? "its roster" : plural(memberCount, "member")}
          {waiting > 0 && <>; {plural(waiting, "score")} will not be sent</>}. Roster, scores and
          runs are kept, and it can be restored.
        </p>
      }
    />
  );
}
