import { CircleCheck, CircleX } from "lucide-react";
import { ErrorTitle } from "#components/errors/advised.tsx";
import { AbsoluteTime } from "#components/live/time/time.tsx";
import { runTitle } from "#components/runs/run-words.ts";
import type { Column } from "#components/ui/tables/data-table.tsx";
import { Status } from "#components/ui/text/status.tsx";
import { TextLink } from "#components/ui/buttons/text-link.tsx";
import { formatCount, formatDuration, UNKNOWN } from "#lib/format.ts";
import type { TokenRequestView } from "#lib/operations/tokens/schema.ts";
import { lifetimeWords, REASON_WORDS } from "../token-words.ts";

export const REQUEST_COLUMNS: Column<TokenRequestView>[] = [
  {
    key: "at",
    header: "When",
    sort: "at",
    isLead: true,
    cell: ({ at }) => <AbsoluteTime at={at} />,
  },
  { key: "reason", header: "Why", phone: "figure", cell: (request) => <Why request={request} /> },
  {
    key: "result",
    header: "Result",
    phone: "state",
    className: "[--cut:22rem]",
    cell: (request) => <Result request={request} />,
  },
  { key: "scopes", header: "Scopes", phone: "figure", cell: (request) => <Granted {...request} /> },
  {
    key: "life",
    header: "Lifetime",
    align: "end",
    cell: ({ at, expiresAt }) =>
      expiresAt === null
        ? UNKNOWN
        : // Recorded a moment after the life began, so it is shown in steps of five seconds.
          lifetimeWords(Math.round((Date.parse(expiresAt) - Date.parse(at)) / 5000) * 5),
  },
  {
    key: "took",
    header: "Took",
    align: "end",
    cell: ({ durationMs }) => formatDuration(durationMs),
  },
  { key: "run", header: "For", cell: (request) => <For request={request} /> },
];

function Why({ request: { reason, evictedReason } }: { request: TokenRequestView }) {
  const { short, long } = REASON_WORDS[reason];
  return (
    <span title={evictedReason ? `The one before was dropped: ${evictedReason}` : long}>
      {short}
      {evictedReason && <span className="text-muted">: {evictedReason}</span>}
    </span>
  );
}

function Result({ request: { problem, httpStatus } }: { request: TokenRequestView }) {
  if (!problem)
    return (
      <Status tone="ok" icon={CircleCheck}>
        Granted
      </Status>
    );
  return (
    <span title={problem.message}>
      <Status tone="bad" icon={CircleX}>
        {httpStatus ? `HTTP ${httpStatus}` : "No answer"}
      </Status>{" "}
      <span className="text-muted">
        <ErrorTitle code={problem.code} />
      </span>
    </span>
  );
}

function Granted({ requestedScopes, grantedScopes, problem }: TokenRequestView) {
  if (problem) return UNKNOWN;
  const missing = requestedScopes.filter((scope) => !grantedScopes.includes(scope));
  const names = missing.map((scope) => scope.slice(scope.lastIndexOf("/") + 1)).join(", ");
  return (
    <span className="tabular-nums" title={missing.length > 0 ? `Without ${names}` : undefined}>
      {formatCount(requestedScopes.length - missing.length)} of{" "}
      {formatCount(requestedScopes.length)}
      {missing.length > 0 && <span className="text-bad">, without {names}</span>}
    </span>
  );
}

function For({ request: { runId, run } }: { request: TokenRequestView }) {
  if (runId === null) return <span className="text-muted">no run</span>;
  if (!run) return <span className="text-muted">a run that is gone</span>;
  return <TextLink href={`/runs/${runId}`}>{runTitle(run)}</TextLink>;
}
