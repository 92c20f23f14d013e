import { AbsoluteTime } from "#components/live/time/time.tsx";
import { runTitle } from "#components/runs/run-words.ts";
import { DataTable, type Column } from "#components/ui/tables/data-table.tsx";
import { TextLink } from "#components/ui/buttons/text-link.tsx";
import { formatCount, formatDuration, UNKNOWN } from "#lib/format.ts";
import type { TokenLife } from "#lib/operations/tokens/schema.ts";
import { endWords, REASON_WORDS } from "../token-words.ts";

/** The lives of the picture, the latest first. */
export function LivesTable({ lives }: { lives: TokenLife[] }) {
  return (
    <DataTable caption="Lives of tokens" columns={COLUMNS} rows={lives} rowKey={({ id }) => id} />
  );
}

const COLUMNS: Column<TokenLife>[] = [
  {
    key: "token",
    header: "Token",
    isLead: true,
    cell: ({ fingerprint }) => <code className="font-mono text-xs">{fingerprint}</code>,
  },
  {
    key: "reason",
    header: "Requested because",
    cell: ({ reason }) =>
      reason ? (
        <span title={REASON_WORDS[reason].long}>{REASON_WORDS[reason].short}</span>
      ) : (
        UNKNOWN
      ),
  },
  { key: "from", header: "From", cell: ({ obtainedAt }) => <AbsoluteTime at={obtainedAt} /> },
  {
    key: "lived",
    header: "Lived",
    align: "end",
    cell: ({ obtainedAt, endedAt, end }) =>
      end === "alive" ? UNKNOWN : formatDuration(Date.parse(endedAt) - Date.parse(obtainedAt)),
  },
  {
    key: "end",
    header: "End",
    cell: endWords,
  },
  { key: "reuses", header: "Reused", align: "end", cell: ({ reuses }) => formatCount(reuses) },
  { key: "runs", header: "Runs", cell: (life) => <Runs life={life} /> },
];

function Runs({ life: { runs, runCount } }: { life: TokenLife }) {
  if (runCount === 0) return "None";
  const more = runCount - runs.length;
  return (
    <ul>
      {runs.map((run) => (
        <li key={run.id}>
          <TextLink href={`/runs/${run.id}`}>{runTitle(run)}</TextLink>
        </li>
      ))}
      {more > 0 && <li className="text-muted">and {formatCount(more)} more</li>}
    </ul>
  );
}
