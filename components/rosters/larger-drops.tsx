"use client";

import { TimerOff } from "lucide-react";
import { ActionButton } from "#components/forms/action-button.tsx";
import type { FormAction } from "#components/forms/form-state.ts";
import { ClockTime, RelativeTime } from "#components/live/time.tsx";
import { useCourse } from "#components/courses/use-course.ts";
import { Banner } from "#components/ui/banner.tsx";

/** Says that this course's removals are not held for now, until when, and ends it. */
export function LargerDrops(props: { courseId: string; holdLarger: FormAction }) {
  const until = useCourse(props.courseId).data?.dropsAllowedUntil;
  if (!until) return null;
  return (
    <Banner
      tone="warn"
      className="mb-4"
      title={
        <>
          Larger drops are allowed until <ClockTime at={until} />
        </>
      }
      actions={
        <ActionButton action={props.holdLarger} values={{ courseId: props.courseId }} size="sm">
          <TimerOff aria-hidden /> End now
        </ActionButton>
      }
    >
      <p>
        Syncs of this course remove people without asking. It ends by itself{" "}
        <RelativeTime at={until} />.
      </p>
    </Banner>
  );
}
