import type { ReactNode } from "react";
import { pageCaller } from "../../../_server/caller.ts";
import { prefetch } from "../../../_server/prefetch.ts";
import { CourseHeader } from "#components/courses/page/course-header.tsx";
import { Prefetched } from "#components/live/prefetched.tsx";
import { firstWaitingOf, reads } from "#components/live/reads.ts";
import { pause, previewRoster, restore, resume, syncGrades, syncRoster } from "./actions.ts";

type Props = { params: Promise<{ courseId: string }>; children: ReactNode };

export default async function CourseLayout({ params, children }: Props) {
  const { courseId } = await params;
  const caller = await pageCaller(`/courses/${courseId}`);
  const course = await prefetch(caller, reads.course({ courseId }));
  const hasWaiting = course.data.offersGrades && course.data.scores.pending > 0;
  const waiting = hasWaiting ? await prefetch(caller, firstWaitingOf(courseId)) : null;
  return (
    <Prefetched reads={[course, waiting]}>
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
    </Prefetched>
  );
}
