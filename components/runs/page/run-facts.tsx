import { AbsoluteTime } from "#components/live/time/time.tsx";
import { Card, CardHeader } from "#components/ui/boxes/card.tsx";
import { CopyValue } from "#components/ui/buttons/copy-value.tsx";
import type { Fact } from "#components/ui/text/fact-list.tsx";
import { TextLink } from "#components/ui/buttons/text-link.tsx";
import type { RunDetail } from "#lib/operations/runs/schema.ts";
import { KIND_WORDS } from "#components/runs/kind-words.ts";
import { TRIGGER_WORDS } from "#components/runs/run-words.ts";

/** Who started the run, when, and where it belongs. */
export function RunFacts({ run }: { run: RunDetail }) {
  return (
    <Card aria-labelledby="run-facts">
      <CardHeader id="run-facts" title={KIND_WORDS[run.kind].name} />
      <dl className="divide-y text-sm">
        {factsOf(run).map(({ label, value }) => (
          <div key={label} className="grid grid-cols-[7rem_minmax(0,1fr)] gap-3 px-4 py-2">
            <dt className="text-muted">{label}</dt>
            <dd className="min-w-0">{value}</dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}

function factsOf(run: RunDetail): Fact[] {
  return [
    ...(run.courseId
      ? [
          {
            label: "Course",
            value: <TextLink href={`/courses/${run.courseId}`}>{run.courseTitle}</TextLink>,
          },
        ]
      : []),
    {
      label: "Registration",
      value: (
        <TextLink href={`/registrations/${run.registrationId}`}>{run.registrationName}</TextLink>
      ),
    },
    { label: "Started by", value: `${run.startedBy}, ${TRIGGER_WORDS[run.trigger]}` },
    ...(run.scheduleId
      ? [{ label: "Schedule", value: <TextLink href="/schedules">All schedules</TextLink> }]
      : []),
    { label: "Queued", value: <AbsoluteTime at={run.createdAt} /> },
    { label: "Started", value: <AbsoluteTime at={run.startedAt} /> },
    { label: "Finished", value: <AbsoluteTime at={run.finishedAt} /> },
    ...(run.retryOfId
      ? [
          {
            label: "Retry of",
            value: <TextLink href={`/runs/${run.retryOfId}`}>this run</TextLink>,
          },
        ]
      : []),
    {
      label: "Run ID",
      value: <CopyValue value={run.id} label="run ID" />,
    },
  ];
}
