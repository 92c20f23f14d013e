import { Ban, RotateCw } from "lucide-react";
import { ActionButton } from "#components/forms/action-button.tsx";
import type { FormAction } from "#components/forms/form-state.ts";
import { PageHeader } from "#components/layout/page-header.tsx";
import { TextLink } from "#components/ui/text-link.tsx";
import { plural } from "#lib/format.ts";
import type { RunDetail } from "#lib/operations/schemas/runs.ts";
import { RunStateBadge } from "./run-state.tsx";
import { oneOf, runSentence, runTitle } from "./run-words.ts";

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
          {runSentence(run)}
          {retriedBy && (
            <>
              {" "}
              <TextLink href={`/runs/${retriedBy}`}>Retried in a later run</TextLink>.
            </>
          )}
        </>
      }
      actions={<Acts {...props} />}
    />
  );
}

function Acts({ run, cancel, retry }: Props) {
  if (run.canCancel)
    return (
      <ActionButton action={cancel} values={{ runId: run.id }}>
        <Ban aria-hidden /> Cancel run
      </ActionButton>
    );
  if (!run.canRetry) return null;
  return (
    <ActionButton
      action={retry}
      values={{ runId: run.id }}
      look={run.retries.length === 0 ? "primary" : "secondary"}
    >
      <RotateCw aria-hidden /> {retryWords(run)}
    </ActionButton>
  );
}

function retryWords(run: RunDetail): string {
  if (run.failed === 0 || run.state === "cancelled") return "Run again";
  return `Retry ${plural(run.failed, oneOf(run), run.unit)}`;
}
