import type { Metadata } from "next";
import { pageCaller } from "../../../../_server/caller.ts";
import { found } from "../../../../_server/found.ts";
import { CourseForm } from "#components/courses/settings/course-form.tsx";
import { ConfirmByName } from "#components/forms/acts/confirm-by-name.tsx";
import { Card, CardBody, CardHeader } from "#components/ui/card.tsx";
import { plural } from "#lib/format.ts";
import { getCourse } from "#lib/operations/courses/courses.ts";
import { serviceScopes } from "#lib/operations/registrations/platform-facts.ts";
import { courseFields } from "#lib/operations/courses/view.ts";
import type { CourseView } from "#lib/operations/courses/schema.ts";
import { archive, saveChanges } from "../actions.ts";

export const metadata: Metadata = { title: "Edit course" };

export default async function EditCoursePage(props: { params: Promise<{ courseId: string }> }) {
  const { courseId } = await props.params;
  const caller = await pageCaller(`/courses/${courseId}/edit`);
  const course = await found(getCourse(caller, { courseId }));
  return (
    <div className="max-w-3xl space-y-5">
      <Card aria-labelledby="edit">
        <CardHeader
          id="edit"
          title="Edit"
          description="The next sync uses the new values; what was read and sent stays."
        />
        <CardBody>
          <CourseForm
            action={saveChanges}
            courseId={courseId}
            version={course.version}
            scopes={serviceScopes()}
            defaultValue={courseFields(course)}
            cancelHref={`/courses/${courseId}`}
          />
        </CardBody>
      </Card>
      {!course.archivedAt && <Archive course={course} />}
    </div>
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
