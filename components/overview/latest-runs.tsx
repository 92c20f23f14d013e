import { RUN_COLUMNS } from "#components/runs/run-columns.tsx";
import { Card, CardHeader } from "#components/ui/boxes/card.tsx";
import { ListTable } from "#components/lists/list-table.tsx";
import { TextLink } from "#components/ui/buttons/text-link.tsx";
import type { RunView } from "#lib/operations/runs/schema.ts";

const SHOWN = ["what", "state", "progress", "started", "took", "token"];
const COLUMNS = RUN_COLUMNS.filter(({ key }) => SHOWN.includes(key));

export function LatestRuns({ runs }: { runs: RunView[] }) {
  if (runs.length === 0) return null;
  return (
    <Card aria-labelledby="latest-runs">
      <CardHeader
        id="latest-runs"
        title="Finished lately"
        actions={
          <TextLink href="/runs" className="text-sm">
            All runs
          </TextLink>
        }
      />
      <ListTable caption="Finished lately" columns={COLUMNS} rows={runs} rowKey={(run) => run.id} />
    </Card>
  );
}
