"use client";

import { TimerOff } from "lucide-react";
import { ActionButton } from "#components/forms/acts/action-button.tsx";
import type { FormAction } from "#components/forms/form-state.ts";
import { ClockTime, RelativeTime } from "#components/live/time/time.tsx";
import { reads } from "#components/live/reads.ts";
import { useRead } from "#components/live/use-read.ts";
import { Banner } from "#components/ui/boxes/banner.tsx";

/** Says that this course's removals are not held for now, until when, and ends it. */
export function LargerDrops(props: { courseId: string; holdLarger: FormAction }) {
  const until = useRead(reads.course({ courseId: props.courseId })).data?.dropsAllowedUntil;
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
