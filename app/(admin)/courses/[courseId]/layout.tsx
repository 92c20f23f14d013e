import type { ReactNode } from "react";
import { pageCaller } from "../../../_server/caller.ts";
import { found } from "../../../_server/found.ts";
import { CourseHeader } from "#components/courses/course-header.tsx";
import { FirstPaint } from "#components/live/first-paint.tsx";
import { getCourse } from "#lib/operations/courses/courses.ts";
import { pause, previewRoster, restore, resume, syncGrades, syncRoster } from "./actions.ts";

type Props = { params: Promise<{ courseId: string }>; children: ReactNode };

export default async function CourseLayout({ params, children }: Props) {
  const { courseId } = await params;
  const path = `/courses/${courseId}`;
  const caller = await pageCaller(path);
  const data = await found(getCourse(caller, { courseId }));
  return (
    <FirstPaint reads={[{ path: `/api/v1${path}`, data }]}>
      <CourseHeader
        courseId={courseId}
        syncRoster={syncRoster}
        previewRoster={previewRoster}
        syncGrades={syncGrades}
        restore={restore}
        pause={pause}
        resume={resume}
      />
      {children}
    </FirstPaint>
  );
}
