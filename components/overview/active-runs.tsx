import { RunProgress } from "#components/runs/run-progress.tsx";
import { RunStateBadge } from "#components/runs/run-state.tsx";
import { runTitle } from "#components/runs/run-words.ts";
import { Card, CardHeader } from "#components/ui/boxes/card.tsx";
import { RowLink } from "#components/ui/tables/row-link.tsx";
import { TextLink } from "#components/ui/buttons/text-link.tsx";
import { formatCount } from "#lib/format.ts";
import type { Overview } from "#lib/operations/overview/overview-schema.ts";
import type { RunView } from "#lib/operations/runs/schema.ts";

/** What is being done now, with how far it is and how long it takes yet. */
export function ActiveRuns({ overview }: { overview: Overview }) {
  const { activeRuns, running, queued } = overview;
  const more = running + queued - activeRuns.length;
  return (
    <Card aria-labelledby="active-runs">
      <CardHeader
        id="active-runs"
        title="Running"
        actions={
          <TextLink href="/runs?state=running,queued" className="text-sm">
            {more > 0 ? `${formatCount(more)} more` : "All runs"}
          </TextLink>
        }
      />
      {activeRuns.length === 0 ? (
        <p className="px-4 py-6 text-sm text-muted">
          Nothing is running. Start a sync on a{" "}
          <TextLink href="/registrations">registration</TextLink> or a{" "}
          <TextLink href="/courses">course</TextLink>.
        </p>
      ) : (
        <ul className="divide-y">
          {activeRuns.map((run) => (
            <ActiveRun key={run.id} run={run} />
          ))}
        </ul>
      )}
    </Card>
  );
}

function ActiveRun({ run }: { run: RunView }) {
  return (
    <li className="relative space-y-1.5 px-4 py-3 text-sm hover:bg-hover">
      <div className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1">
        <span className="min-w-0">
          <RowLink href={`/runs/${run.id}`}>{runTitle(run)}</RowLink>
          <span className="block text-xs text-muted">{run.registrationName}</span>
        </span>
        <RunStateBadge run={run} />
      </div>
      <RunProgress run={run} />
    </li>
  );
}
