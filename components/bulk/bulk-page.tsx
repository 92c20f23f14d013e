"use client";

import { ConfirmAct } from "#components/forms/acts/confirm-act.tsx";
import type { FormAction } from "#components/forms/form-state.ts";
import { PageHeader } from "#components/layout/page-header.tsx";
import { AbsoluteTime, Elapsed } from "#components/live/time/time.tsx";
import { reads } from "#components/live/reads.ts";
import { ReadState } from "#components/live/read-state.tsx";
import { useRead } from "#components/live/use-read.ts";
import { Card, CardBody, CardHeader } from "#components/ui/boxes/card.tsx";
import { FactList } from "#components/ui/text/fact-list.tsx";
import { TextLink } from "#components/ui/buttons/text-link.tsx";
import { StateBadge } from "#components/states/state-badge.tsx";
import { BULK_STATES } from "#components/states/tables/runs.ts";
import type { BulkView } from "#lib/operations/bulk/schema.ts";
import { BulkProblems } from "./bulk-problems.tsx";
import { BulkProgress } from "./bulk-progress.tsx";
import {
  ACTION_WORDS,
  filterSentence,
  listOf,
  progressWords,
  runsOf,
  startsRuns,
  untouchedWords,
} from "./bulk-words.ts";

/** One bulk operation: how far it is, what it acts on, and what it could not do. */
export function BulkPage({ operationId, cancel }: { operationId: string; cancel: FormAction }) {
  const read = useRead(reads.operation({ operationId }));
  return (
    <ReadState of={read}>
      {(operation) => (
        <>
          <PageHeader
            title={ACTION_WORDS[operation.action].what}
            crumbs={[{ label: "Bulk operations", href: "/operations" }]}
            status={<StateBadge of={BULK_STATES} state={operation.state} />}
            description={`Everything that matched: ${filterSentence(operation.filterWords)}.`}
            actions={
              operation.state === "running" && (
                <ConfirmAct
                  action={cancel}
                  values={{ operationId }}
                  word="Stop…"
                  title={`Stop “${ACTION_WORDS[operation.action].what}”?`}
                  act="Stop it"
                >
                  <p>
                    {progressWords(operation)} are dealt with, and that stays done. What is left is
                    not touched; it has to be started again, this operation cannot go on.
                  </p>
                </ConfirmAct>
              )
            }
          />
          <div className="space-y-5">
            <Card aria-labelledby="bulk-progress">
              <CardHeader id="bulk-progress" title="Progress" />
              <CardBody>
                <BulkProgress operation={operation} />
              </CardBody>
              <FactList facts={factsOf(operation)} />
            </Card>
            <BulkProblems operation={operation} />
          </div>
        </>
      )}
    </ReadState>
  );
}

function factsOf(operation: BulkView) {
  const list = listOf(operation);
  const { untouched, createdAt, finishedAt } = operation;
  return [
    {
      label: "Acts on",
      value: <TextLink href={list.href}>{list.label} under this filter</TextLink>,
      note: "As they matched at the start. What came to match later is not touched.",
    },
    {
      label: "Left alone from the start",
      value: untouched.length === 0 ? "Nothing" : untouchedWords(untouched),
      note: untouched.length === 0 ? undefined : "Counted as skipped.",
    },
    ...(startsRuns(operation)
      ? [
          {
            label: "Runs",
            value: (
              <TextLink href={runsOf(operation)}>
                Started meanwhile by {operation.startedBy}
              </TextLink>
            ),
            note: "Done here means started: how each ended is with the runs.",
          },
        ]
      : []),
    { label: "Started by", value: operation.startedBy },
    { label: "Started", value: <AbsoluteTime at={createdAt} /> },
    { label: "Took", value: <Elapsed from={createdAt} until={finishedAt} /> },
  ];
}
