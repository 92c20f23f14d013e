import { Send } from "lucide-react";
import { useSyncBlock } from "#components/access/sync-block.tsx";
import { ActOnMany } from "#components/forms/acts/confirm-act.tsx";
import type { FormAction } from "#components/forms/form-state.ts";
import { firstWaitingOf } from "#components/live/reads.ts";
import { useRead } from "#components/live/use-read.ts";
import { namesAndMore } from "#components/ui/text/names-and-more.ts";
import { formatCount, plural } from "#lib/format.ts";
import type { CourseView } from "#lib/operations/courses/schema.ts";

/** Sends the scores that wait, unless a run does so already: that one takes those that come too. */
export function SendScores({ course, send }: { course: CourseView; send: FormAction }) {
  const block = useSyncBlock(course.syncBlock);
  const { pending, sending } = course.scores;
  const isSending = course.sendingRunId !== null;
  const waiting = isSending ? 0 : pending;
  const sent = pending + sending;
  return (
    <ActOnMany
      action={send}
      values={{ courseId: course.id }}
      count={waiting}
      look={waiting > 0 ? "primary" : "secondary"}
      tone="go"
      blocked={
        isSending
          ? `A run has them already${sent > 0 ? `: ${formatCount(sent)} to go` : ""}`
          : (block ?? (waiting === 0 ? "No score waits to be sent" : undefined))
      }
      word={
        <>
          <Send aria-hidden /> {waiting > 0 ? `Send ${plural(waiting, "score")}` : "Send scores"}
        </>
      }
      title={`Send ${plural(waiting, "score")} to ${course.registrationName}?`}
      act={`Send ${plural(waiting, "score")}`}
    >
      <Names courseId={course.id} />
      <p>
        What the platform holds in their place is overwritten
        {course.conflictPolicy === "overwrite" ? "" : ", except where somebody changed it there"},
        and cannot be brought back from here. Scores that were sent before stay as they are. The run
        can be cancelled: what was sent by then stays on the platform.
      </p>
    </ActOnMany>
  );
}

/** The first of those whose scores wait. */
function Names({ courseId }: { courseId: string }) {
  const { data } = useRead(firstWaitingOf(courseId));
  if (!data || data.total === 0) return null;
  const names = data.items.map(({ name, userId }) => name ?? userId);
  return <p className="text-ink">{namesAndMore(names, data.total)}</p>;
}
