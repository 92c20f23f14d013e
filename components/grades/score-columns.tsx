import { PlatformWords } from "#components/errors/platform-words.tsx";
import { RelativeTime } from "#components/live/time/time.tsx";
import type { Column } from "#components/ui/data-table.tsx";
import { TextLink } from "#components/ui/text-link.tsx";
import { StateBadge } from "#components/states/state-badge.tsx";
import { formatScore, UNKNOWN } from "#lib/format.ts";
import type { ScoreView } from "#lib/operations/scores/schema.ts";
import { ConflictDecision, type Decide } from "./conflict-decision.tsx";

const COLUMNS: Column<ScoreView>[] = [
  {
    key: "person",
    header: "Person",
    isLead: true,
    sort: "name",
    cell: ({ name, userId, comment }) => (
      <>
        <span className="font-medium">{name ?? <code className="font-mono">{userId}</code>}</span>
        {name && <code className="block font-mono text-xs text-muted">{userId}</code>}
        {comment && <span className="block text-xs text-muted">“{comment}”</span>}
      </>
    ),
  },
  {
    key: "score",
    header: "Score",
    sort: "score",
    phone: "figure",
    align: "end",
    cell: ({ scoreGiven, scoreMaximum }) =>
      scoreGiven === null ? "Cleared" : formatScore(scoreGiven, scoreMaximum),
  },
  {
    key: "line-item",
    header: "Line item",
    sort: "lineItem",
    phone: "figure",
    cell: ({ lineItemLabel }) => lineItemLabel,
  },
  {
    key: "state",
    header: "State",
    phone: "state",
    cell: ({ state }) => <StateBadge of="score" state={state} />,
  },
  {
    key: "timestamp",
    header: "Timestamp",
    isOptional: true,
    align: "end",
    cell: ({ timestamp }) => <RelativeTime at={timestamp} />,
  },
  {
    key: "sent",
    header: "Sent",
    sort: "sentAt",
    align: "end",
    cell: ({ sentAt }) => <RelativeTime at={sentAt} />,
  },
  {
    key: "run",
    header: "Run",
    className: "whitespace-nowrap",
    cell: ({ runId }) => (runId ? <TextLink href={`/runs/${runId}`}>Open</TextLink> : UNKNOWN),
  },
];

function reason(decide: Decide): Column<ScoreView> {
  return {
    key: "reason",
    header: "The platform's words",
    phone: "figure",
    wraps: true,
    cell: (score) => <Reason score={score} {...decide} />,
  };
}

function Reason({ score, ...decide }: Decide & { score: ScoreView }) {
  const { problem, httpStatus, state } = score;
  if (state === "conflict") return <ConflictDecision {...decide} scores={[score]} />;
  if (!problem) return UNKNOWN;
  const isSettled = state === "sent";
  return <PlatformWords problem={problem} httpStatus={httpStatus} isSettled={isSettled} />;
}

/** The reason takes its room only where there is one. */
export function scoreColumns(scores: ScoreView[], decide: Decide): Column<ScoreView>[] {
  return scores.some(({ problem }) => problem !== null) ? [...COLUMNS, reason(decide)] : COLUMNS;
}
