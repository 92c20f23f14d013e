import { CircleCheck, CircleHelp, TriangleAlert } from "lucide-react";
import type { Column } from "#components/ui/tables/data-table.tsx";
import { Status } from "#components/ui/text/status.tsx";
import { formatCount, formatScore, UNKNOWN } from "#lib/format.ts";
import type { ScoreCsvPreview } from "#lib/operations/scores/schema.ts";

export const ERROR_COLUMNS: Column<ScoreCsvPreview["errors"][number]>[] = [
  {
    key: "line",
    header: "Line",
    isLead: true,
    cell: ({ line }) => `Line ${formatCount(line)}`,
  },
  {
    key: "column",
    header: "Column",
    phone: "state",
    cell: ({ column }) => (
      <code className="font-mono text-xs">{column === "" ? UNKNOWN : column}</code>
    ),
  },
  {
    key: "message",
    header: "Problem",
    phone: "figure",
    wraps: true,
    cell: ({ column, message }) => (column === "" ? message : `${column} ${message}`),
  },
];

export const SAMPLE_COLUMNS: Column<ScoreCsvPreview["sample"][number]>[] = [
  {
    key: "line",
    header: "Line",
    align: "end",
    cell: ({ line }) => formatCount(line),
  },
  {
    key: "person",
    header: "Person",
    isLead: true,
    cell: ({ name, userId }) => (
      <>
        {name && <span className="font-medium">{name} </span>}
        <code className="font-mono text-xs text-muted">{userId}</code>
      </>
    ),
  },
  {
    key: "score",
    header: "Score",
    align: "end",
    phone: "figure",
    cell: ({ scoreGiven, scoreMaximum }) =>
      scoreGiven === null ? (
        "Cleared"
      ) : (
        <>
          {scoreGiven > scoreMaximum && (
            <Status tone="warn" icon={TriangleAlert}>
              Above
            </Status>
          )}{" "}
          {formatScore(scoreGiven, scoreMaximum)}
        </>
      ),
  },
  { key: "comment", header: "Comment", cell: ({ comment }) => comment ?? UNKNOWN },
  {
    key: "roster",
    header: "Roster",
    phone: "state",
    cell: ({ inRoster }) =>
      inRoster ? (
        <Status tone="ok" icon={CircleCheck}>
          In the roster
        </Status>
      ) : (
        <Status tone="warn" icon={CircleHelp}>
          Not in the roster
        </Status>
      ),
  },
];
