import type { FormAction } from "#components/forms/form-state.ts";
import { PageHeader } from "#components/layout/page-header.tsx";
import { RelativeTime } from "#components/live/time/time.tsx";
import { TextLink } from "#components/ui/buttons/text-link.tsx";
import type { RunDetail } from "#lib/operations/runs/schema.ts";
import { RunSentence, RunStateBadge } from "#components/runs/run-state.tsx";
import { runTitle } from "#components/runs/run-words.ts";
import { RunActs } from "./run-acts.tsx";

type Props = { run: RunDetail; cancel: FormAction; retry: FormAction };

/** What the run is about, its state in a word and in a sentence, and what can be done. */
export function RunHeader(props: Props) {
  const { run } = props;
  const retriedBy = run.retries.at(-1);
  return (
    <PageHeader
      title={runTitle(run)}
      crumbs={[
        { label: "Runs", href: "/runs" },
        { label: run.registrationName, href: `/registrations/${run.registrationId}` },
      ]}
      status={<RunStateBadge run={run} />}
      description={
        <>
          {run.pause && isHeldByPause(run) ? (
            <PauseWords run={run} pause={run.pause} />
          ) : (
            <RunSentence run={run} />
          )}
          {retriedBy && (
            <>
              {" "}
              <TextLink href={`/runs/${retriedBy}`}>Retried in a later run</TextLink>.
            </>
          )}
        </>
      }
      actions={<RunActs {...props} />}
    />
  );
}

function isHeldByPause({ state }: RunDetail): boolean {
  return state === "paused" || state === "queued" || state === "running";
}

/** What holds the run, who did it, and where it is lifted. */
function PauseWords({ run, pause }: { run: RunDetail; pause: NonNullable<RunDetail["pause"]> }) {
  const place = {
    everything: { words: "all syncs were paused", href: "/" },
    registration: {
      words: "its registration was paused",
      href: `/registrations/${run.registrationId}`,
    },
    course: { words: "its course was paused", href: `/courses/${run.courseId}` },
  }[pause.scope];
  return (
    <>
      {run.state === "running" ? "Stopping at the next checkpoint" : "Paused"}: {place.words} by{" "}
      {pause.by}, <RelativeTime at={pause.at} />. It goes on where it was when that is{" "}
      <TextLink href={place.href}>resumed</TextLink>.
    </>
  );
}
