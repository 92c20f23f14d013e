"use client";

import { ReadState } from "#components/live/read-state.tsx";
import { type LatestRunsOf, recentRunsOf } from "#components/live/reads.ts";
import { useRead } from "#components/live/use-read.ts";
import { RUN_COLUMNS } from "#components/runs/run-columns.tsx";
import { Card, CardHeader } from "#components/ui/boxes/card.tsx";
import { ListTable } from "#components/lists/list-table.tsx";
import { SkeletonRows } from "#components/ui/boxes/skeleton.tsx";
import { TextLink } from "#components/ui/buttons/text-link.tsx";

const COLUMNS = RUN_COLUMNS.filter(({ key }) =>
  ["what", "state", "progress", "started"].includes(key),
);

/** The latest runs of a registration or a course, with the way to all of them. */
export function RecentRuns({ of, href }: { of: LatestRunsOf; href: string }) {
  const runs = useRead(recentRunsOf(of));
  return (
    <Card aria-labelledby="recent-runs">
      <CardHeader
        id="recent-runs"
        title="Latest runs"
        actions={
          <TextLink href={href} className="text-sm">
            All runs
          </TextLink>
        }
      />
      <ReadState of={runs} errorClassName="p-3" waiting={<SkeletonRows rows={3} />}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="px-4 py-3 text-sm text-muted">None yet: start one above.</p>
          ) : (
            <ListTable
              caption="Latest runs"
              columns={COLUMNS}
              rows={items}
              rowKey={(run) => run.id}
            />
          )
        }
      </ReadState>
    </Card>
  );
}
