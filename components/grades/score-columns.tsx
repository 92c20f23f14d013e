import { PersonLink } from "#components/courses/people/person-link.tsx";
import { CutPlatformWords } from "#components/errors/cut-platform-words.tsx";
import { ConfirmAct } from "#components/forms/acts/confirm-act.tsx";
import type { FormAction } from "#components/forms/form-state.ts";
import { RelativeTime } from "#components/live/time/time.tsx";
import type { Column } from "#components/ui/tables/data-table.tsx";
import { TextLink } from "#components/ui/buttons/text-link.tsx";
import { StateBadge } from "#components/states/state-badge.tsx";
import { SCORE_STATES } from "#components/states/tables/scores.ts";
import { formatScore, UNKNOWN } from "#lib/format.ts";
import type { ScoreView } from "#lib/operations/scores/schema.ts";
import { ConflictDecision, type Decide } from "./conflict-decision.tsx";

const person = (courseId: string): Column<ScoreView> => ({
  key: "person",
  header: "Person",
  isLead: true,
  sort: "name",
  cell: ({ name, userId, comment }) => (
    <>
      <PersonLink courseId={courseId} userId={userId} name={name} />
      {comment && <span className="block text-xs text-muted">“{comment}”</span>}
    </>
  ),
});

const COLUMNS: Column<ScoreView>[] = [
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
    className: "[--cut:11rem]",
    cell: ({ lineItemLabel }) => lineItemLabel,
  },
  {
    key: "state",
    header: "State",
    phone: "state",
    cell: ({ state }) => <StateBadge of={SCORE_STATES} state={state} />,
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
    className: "[--cut:15rem]",
    cell: (score) => <Reason score={score} {...decide} />,
  };
}

function Reason({ score, ...decide }: Decide & { score: ScoreView }) {
  const { problem, httpStatus, state, name, userId } = score;
  if (state === "conflict") return <ConflictDecision {...decide} scores={[score]} />;
  if (!problem) return UNKNOWN;
  const isSettled = state === "sent" || state === "skipped";
  return <CutPlatformWords {...{ problem, httpStatus, isSettled }} of={name ?? userId} />;
}

/** The reason, and the way back, take their room only where there is one. */
export function scoreColumns(
  scores: ScoreView[],
  { withdraw, ...decide }: Decide & { withdraw: FormAction },
): Column<ScoreView>[] {
  const hasReason = scores.some(({ problem }) => problem !== null);
  const waits = scores.some(({ state }) => state === "pending");
  return [
    person(decide.courseId),
    ...COLUMNS,
    ...(hasReason ? [reason(decide)] : []),
    ...(waits ? [withdrawal(withdraw)] : []),
  ];
}

function withdrawal(withdraw: FormAction): Column<ScoreView> {
  return {
    key: "withdraw",
    header: "Withdraw",
    isHeaderHidden: true,
    align: "end",
    phone: "figure",
    cell: (score) =>
      score.state === "pending" && <WithdrawScore score={score} withdraw={withdraw} />,
  };
}

function WithdrawScore({ score, withdraw }: { score: ScoreView; withdraw: FormAction }) {
  const { lineItemId, lineItemLabel, userId, name, sentAt } = score;
  return (
    <ConfirmAct
      action={withdraw}
      values={{ lineItemId, userId }}
      word="Withdraw"
      label={`Withdraw the score of ${name ?? userId}`}
      size="sm"
      title="Withdraw this score"
      act="Withdraw score"
    >
      <p>
        The score of {name ?? userId} in {lineItemLabel} waits, and will not be sent.{" "}
        {sentAt === null
          ? "It is forgotten, or refused again if it was before."
          : "What the platform accepted before counts again."}{" "}
        If it was tried without an answer it stays: the platform may have it.
      </p>
    </ConfirmAct>
  );
}
