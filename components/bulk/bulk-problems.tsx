import { Card, CardHeader } from "#components/ui/boxes/card.tsx";
import { ListTable } from "#components/lists/list-table.tsx";
import type { Column } from "#components/ui/tables/data-table.tsx";
import { TextLink } from "#components/ui/buttons/text-link.tsx";
import { shortId } from "#lib/format.ts";
import type { BulkView } from "#lib/operations/bulk/schema.ts";
import { listOf } from "./bulk-words.ts";

const MOST_KEPT = 50;

/** What was skipped or failed on the way, each with its reason. */
export function BulkProblems({ operation }: { operation: BulkView }) {
  const { problems } = operation;
  if (problems.length === 0) return null;
  const isCut = problems.length === MOST_KEPT;
  return (
    <Card aria-labelledby="bulk-problems">
      <CardHeader
        id="bulk-problems"
        title="Skipped or failed"
        description={isCut ? `The first ${MOST_KEPT}; each is counted above.` : undefined}
      />
      <ListTable
        caption="Skipped or failed"
        columns={columnsFor(listOf(operation).path)}
        rows={problems}
        rowKey={({ objectId }) => objectId}
      />
    </Card>
  );
}

type Problem = BulkView["problems"][number];

function columnsFor(path: string): Column<Problem>[] {
  return [
    {
      key: "object",
      header: "What",
      isLead: true,
      cell: ({ objectId, name }) => (
        <>
          <TextLink href={`${path}/${objectId}`}>{name ?? shortId(objectId)}</TextLink>
          <code className="block font-mono text-xs text-muted">{shortId(objectId)}</code>
        </>
      ),
    },
    {
      key: "outcome",
      phone: "state",
      header: "Outcome",
      cell: ({ outcome }) => (
        <span className={outcome === "failed" ? "text-bad" : "text-muted"}>
          {outcome === "failed" ? "Failed" : "Skipped"}
        </span>
      ),
    },
    { key: "reason", phone: "figure", header: "Why", wraps: true, cell: ({ reason }) => reason },
  ];
}
