import { RelativeTime } from "#components/live/time/time.tsx";
import { Card, CardBody, CardHeader } from "#components/ui/boxes/card.tsx";
import { ListTable } from "#components/lists/list-table.tsx";
import type { Column } from "#components/ui/tables/data-table.tsx";
import { formatCount, plural } from "#lib/format.ts";
import type { LaunchedCourseView } from "#lib/operations/launches/schema.ts";

type Difference = LaunchedCourseView["differences"][number];

/** What the gradebook was seen to hold of what was sent, and what it holds otherwise. */
export function LaunchedProof({ course }: { course: LaunchedCourseView }) {
  const { proof, differences, differencesTotal, consoleUrl } = course;
  return (
    <Card aria-labelledby="proof" className="sm:col-span-2">
      <CardHeader
        id="proof"
        title="Proof"
        description={
          <>
            {formatCount(proof.proven)} of {formatCount(proof.total)} seen in the gradebook as sent,{" "}
            <RelativeTime at={proof.provedAt} unknown="never checked" />
            {proof.unproven > 0 && `; ${plural(proof.unproven, "score")} not checked since`}
          </>
        }
      />
      {differences.length > 0 && (
        <ListTable
          caption="Differences"
          columns={COLUMNS}
          rows={differences}
          rowKey={({ id }) => id}
        />
      )}
      <CardBody className="space-y-1 border-t text-sm">
        {differencesTotal > differences.length && (
          <p className="text-muted">
            The first {differences.length} of {plural(differencesTotal, "difference")}.
          </p>
        )}
        <p>
          <a
            href={consoleUrl}
            target="_blank"
            rel="noopener"
            className="font-medium text-accent underline underline-offset-2"
          >
            Open in the console
          </a>{" "}
          <span className="text-muted">for who has an account there; opens a new window.</span>
        </p>
      </CardBody>
    </Card>
  );
}

const COLUMNS: Column<Difference>[] = [
  { key: "person", header: "Person", isLead: true, cell: ({ person }) => person },
  { key: "column", phone: "figure", header: "Column", cell: ({ column }) => column },
  { key: "ours", phone: "figure", header: "Sent", align: "end", cell: ({ ours }) => ours },
  {
    key: "platforms",
    phone: "figure",
    header: "Gradebook",
    align: "end",
    cell: ({ platforms }) => platforms,
  },
  { key: "title", phone: "figure", header: "Most likely", wraps: true, cell: ({ title }) => title },
];
