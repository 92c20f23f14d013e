import { ErrorTitle } from "#components/errors/advised.tsx";
import { Elapsed, RelativeTime } from "#components/live/time/time.tsx";
import type { Column } from "#components/ui/tables/data-table.tsx";
import { RowLink } from "#components/ui/tables/row-link.tsx";
import { UNKNOWN } from "#lib/format.ts";
import type { RunView } from "#lib/operations/runs/schema.ts";
import { RunProgress } from "./run-progress.tsx";
import { RunStateBadge } from "./run-state.tsx";
import { runTitle, tokenCaseWord, TRIGGER_WORDS } from "./run-words.ts";

export const RUN_COLUMNS: Column<RunView>[] = [
  {
    key: "what",
    header: "What",
    isLead: true,
    className: "[--lead:12.5rem]",
    cell: (run) => <RowLink href={`/runs/${run.id}`}>{runTitle(run)}</RowLink>,
  },
  { key: "state", header: "State", phone: "state", cell: (run) => <RunStateBadge run={run} /> },
  {
    key: "progress",
    header: "Progress",
    phone: "figure",
    cell: (run) => <RunProgress run={run} isCompact />,
  },
  {
    key: "started",
    header: "Started",
    sort: "createdAt",
    phone: "figure",
    cell: (run) => <RelativeTime at={run.startedAt} unknown="Not yet" />,
  },
  {
    key: "took",
    header: "Took",
    sort: "took",
    align: "end",
    cell: (run) => <Elapsed from={run.startedAt} until={run.finishedAt} />,
  },
  {
    key: "by",
    header: "Started by",
    isOptional: true,
    cell: (run) => (
      <>
        {run.startedBy} <span className="text-muted">{TRIGGER_WORDS[run.trigger]}</span>
      </>
    ),
  },
  {
    key: "token",
    header: "Token",
    isOptional: true,
    cell: (run) => tokenCaseWord(run) ?? UNKNOWN,
  },
  {
    key: "registration",
    header: "Registration",
    className: "[--cut:10rem]",
    cell: ({ registrationName }) => registrationName,
  },
  {
    key: "error",
    header: "Error",
    className: "[--cut:7.5rem]",
    cell: (run) =>
      run.problem ? (
        <span className={run.state === "failed" ? "text-bad" : "text-warn"}>
          <ErrorTitle code={run.problem.code} />
        </span>
      ) : (
        UNKNOWN
      ),
  },
];

/** The same of one course or registration, whose runs they all are. */
export const RUN_COLUMNS_OF_ONE = RUN_COLUMNS.filter(({ key }) => key !== "registration").map(
  (column) => (column.key === "error" ? { ...column, className: "[--cut:13rem]" } : column),
);
