import { Ban, RotateCw } from "lucide-react";
import { ActOnMany, ConfirmAct } from "#components/forms/acts/confirm-act.tsx";
import type { FormAction } from "#components/forms/form-state.ts";
import { firstRejectedOf } from "#components/live/reads.ts";
import { useRead } from "#components/live/use-read.ts";
import { namesAndMore } from "#components/ui/text/names-and-more.ts";
import { plural } from "#lib/format.ts";
import type { RunDetail } from "#lib/operations/runs/schema.ts";
import { countWords, handled, oneOf, runTitle } from "#components/runs/run-words.ts";

type Props = { run: RunDetail; cancel: FormAction; retry: FormAction };

/** What can be done with a run: stop it, or do again what failed. */
export function RunActs({ run, cancel, retry }: Props) {
  if (run.canCancel) return <Cancel run={run} cancel={cancel} />;
  return run.canRetry ? <Retry run={run} retry={retry} /> : null;
}

function Cancel({ run, cancel }: Omit<Props, "retry">) {
  return (
    <ConfirmAct
      action={cancel}
      values={{ runId: run.id }}
      blocked={run.cancelRequested ? "It stops after the calls under way" : undefined}
      word={
        <>
          <Ban aria-hidden /> Cancel run…
        </>
      }
      title={`Cancel “${runTitle(run)}”?`}
      act="Cancel run"
    >
      <p>{doneWords(run)}</p>
      <p>{leftWords(run)} It can be started again at any time.</p>
    </ConfirmAct>
  );
}

function doneWords(run: RunDetail): string {
  if (run.state === "queued" && handled(run) === 0) return "Nothing was done yet.";
  const counted = countWords(run);
  const stays = counted === null ? "What was done stays." : `What was done stays: ${counted}.`;
  return run.state === "running"
    ? `It stops after the calls under way, whose answers are still recorded. ${stays}`
    : stays;
}

function leftWords({ kind, total, ...run }: RunDetail): string {
  switch (kind) {
    case "grade_sync": {
      const left = total === null ? "The others" : plural(total - handled(run), "score");
      return `${left} wait, and go out with the next grade sync.`;
    }
    case "roster_sync":
      return "Nobody is removed by a roster that was not read to its end.";
    case "verify":
      return "What was not read keeps its last proof.";
  }
}

function Retry({ run, retry }: Omit<Props, "cancel">) {
  const isAgain = run.failed === 0 || run.state === "cancelled";
  const many = plural(run.failed, oneOf(run), run.unit);
  const words = isAgain ? "Run again" : `Retry ${many}`;
  return (
    <ActOnMany
      action={retry}
      values={{ runId: run.id }}
      count={isAgain ? 0 : run.failed}
      look={run.retries.length === 0 ? "primary" : "secondary"}
      tone="go"
      word={
        <>
          <RotateCw aria-hidden /> {words}
        </>
      }
      title={`Retry ${many}?`}
      act={words}
    >
      {run.kind === "grade_sync" ? <Resent run={run} /> : <Reread run={run} />}
    </ActOnMany>
  );
}

function Resent({ run }: { run: RunDetail }) {
  const { data } = useRead(firstRejectedOf(run.id));
  return (
    <>
      {data && data.total > 0 && (
        <p className="text-ink">
          {namesAndMore(
            data.items.map(({ name, userId }) => name ?? userId),
            data.total,
          )}
        </p>
      )}
      <p>
        A new run sends what the platform turned down, and whatever else waits in the course. The{" "}
        {plural(run.done, "score")} that arrived are not sent again; each score counts once on the
        platform, by its latest time.
      </p>
    </>
  );
}

function Reread({ run }: { run: RunDetail }) {
  const failed = run.courses.filter(({ state }) => state === "failed").map(({ title }) => title);
  return (
    <>
      {failed.length > 0 && (
        <p className="text-ink">{namesAndMore(failed, Math.max(run.failed, failed.length))}</p>
      )}
      <p>
        A new run reads these once more. The {plural(run.done, oneOf(run), run.unit)} that succeeded
        are left out.
      </p>
    </>
  );
}
