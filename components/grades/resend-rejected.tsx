import { RotateCw } from "lucide-react";
import { useSyncBlock } from "#components/access/sync-block.tsx";
import { ActOnMany } from "#components/forms/acts/confirm-act.tsx";
import type { FormAction } from "#components/forms/form-state.ts";
import { namesAndMore } from "#components/ui/text/names-and-more.ts";
import { plural } from "#lib/format.ts";
import type { CourseView } from "#lib/operations/courses/schema.ts";
import type { ScoreView } from "#lib/operations/scores/schema.ts";

/** Retries the run that most of these scores were rejected in. */
export function ResendRejected(props: {
  course: CourseView;
  scores: ScoreView[];
  hasMore: boolean;
  resend: FormAction;
}) {
  const blocked = useSyncBlock(props.course.syncBlock);
  const [largest] = byRun(props.scores);
  if (!largest) return null;
  const { runId, names } = largest;
  // The list has a page of them; the run may have had more rejected.
  const act = props.hasMore ? "Resend rejected scores" : `Resend ${plural(names.length, "score")}`;
  return (
    <ActOnMany
      action={props.resend}
      values={{ runId }}
      count={names.length}
      blocked={blocked}
      size="sm"
      tone="go"
      word={
        <>
          <RotateCw aria-hidden /> {act}
        </>
      }
      title={`${act}?`}
      act={act}
    >
      <p className="text-ink">
        {namesAndMore(names.slice(0, 3), names.length)}
        {props.hasMore && ", and those on further pages"}
      </p>
      <p>
        A new run sends what the run before it had rejected, and whatever else waits in the course.
        Each score counts once on the platform, by its latest time.
      </p>
    </ActOnMany>
  );
}

/** Who was rejected by each run, the run with the most first. */
function byRun(scores: ScoreView[]): { runId: string; names: string[] }[] {
  const names = new Map<string, string[]>();
  for (const { state, runId, name, userId } of scores)
    if (state === "rejected" && runId !== null)
      names.set(runId, [...(names.get(runId) ?? []), name ?? userId]);
  return [...names]
    .map(([runId, names]) => ({ runId, names }))
    .sort((a, b) => b.names.length - a.names.length);
}
