import { RelativeTime } from "#components/live/time/time.tsx";
import { formatCount } from "#lib/format.ts";
import type { LaunchedCourseView } from "#lib/operations/launches/schema.ts";

type Run = LaunchedCourseView["runs"][number];

const WORDS: Record<Run["state"], string> = {
  queued: "Waiting to start",
  running: "Under way",
  paused: "Paused by an operator",
  held: "Waiting for an operator's decision",
  succeeded: "Done",
  partly_succeeded: "Partly done",
  failed: "Failed",
  cancelled: "Cancelled",
};

/** The last sync of one kind, in a line; its words where it did not succeed. */
export function LaunchedRun({ run }: { run: Run | undefined }) {
  if (!run) return <p className="text-sm text-muted">No sync yet.</p>;
  const counts = run.total === null ? "" : ` ${formatCount(run.done)} of ${formatCount(run.total)}`;
  return (
    <div role="status" className="text-sm">
      <p>
        {WORDS[run.state]}
        {run.state === "running" && run.kind === "grade_sync" && counts}
        {run.finishedAt && (
          <>
            {", "}
            <RelativeTime at={run.finishedAt} />
          </>
        )}
      </p>
      {run.message && <p className="text-muted first-letter:uppercase">{run.message}</p>}
    </div>
  );
}
