"use client";

import { LoadError } from "#components/errors/load-error.tsx";
import { useLiveResource } from "#components/live/use-live-resource.ts";
import { RUN_COLUMNS } from "#components/runs/run-columns.tsx";
import { isActive } from "#components/runs/run-words.ts";
import { Card, CardBody, CardHeader } from "#components/ui/card.tsx";
import { DataTable } from "#components/ui/data-table.tsx";
import { SkeletonRows } from "#components/ui/skeleton.tsx";
import { TextLink } from "#components/ui/text-link.tsx";
import type { RunPage } from "#lib/operations/runs/schema.ts";
import { recentRunsQuery } from "./recent-runs-query.ts";

const COLUMNS = RUN_COLUMNS.filter(({ key }) =>
  ["what", "state", "progress", "started"].includes(key),
);

/** The latest runs of a registration, with the way to all of them. */
export function RecentRuns({ registrationId }: { registrationId: string }) {
  const runs = useLiveResource<RunPage>("/api/v1/runs", recentRunsQuery(registrationId), (page) =>
    page.items.some(isActive),
  );
  return (
    <Card aria-labelledby="recent-runs">
      <CardHeader
        id="recent-runs"
        title="Latest runs"
        actions={
          <TextLink href={`/runs?registrationId=${registrationId}`} className="text-sm">
            All runs
          </TextLink>
        }
      />
      {runs.error && (
        <CardBody>
          <LoadError
            error={runs.error}
            retry={() => void runs.refetch()}
            hasData={runs.data !== undefined}
          />
        </CardBody>
      )}
      {!runs.data && !runs.error && <SkeletonRows rows={3} />}
      {runs.data?.items.length === 0 && (
        <p className="px-4 py-3 text-sm text-muted">None yet. Sync all rosters starts the first.</p>
      )}
      {runs.data && runs.data.items.length > 0 && (
        <DataTable
          caption="Latest runs"
          columns={COLUMNS}
          rows={runs.data.items}
          rowKey={(run) => run.id}
        />
      )}
    </Card>
  );
}
