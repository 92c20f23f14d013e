import { errorTitle } from "#lib/advice/index.ts";
import { RelativeTime } from "#components/live/time/time.tsx";
import { DataTable, type Column } from "#components/ui/data-table.tsx";
import { Status } from "#components/ui/status.tsx";
import { TextLink } from "#components/ui/text-link.tsx";
import { formatCount, formatDuration, UNKNOWN } from "#lib/format.ts";
import type { ScopeGrant, TokenRequestView } from "#lib/operations/tokens/schema.ts";
import { CircleCheck, CircleX } from "lucide-react";
import { lifetimeWords, REASON_WORDS } from "./token-words.ts";

/** The latest token requests: why each was made and what the platform said. */
export function TokenRequests(props: { history: TokenRequestView[]; scopes: ScopeGrant[] }) {
  return (
    <DataTable
      caption="Token requests"
      columns={columnsFor(props.scopes)}
      rows={props.history}
      rowKey={(request) => request.id}
    />
  );
}

function columnsFor(scopes: ScopeGrant[]): Column<TokenRequestView>[] {
  const names = new Map(scopes.map(({ scope, shortName }) => [scope, shortName]));
  return [
    { key: "at", header: "When", isLead: true, cell: ({ at }) => <RelativeTime at={at} /> },
    {
      key: "reason",
      header: "Why",
      cell: ({ reason }) => (
        <span title={REASON_WORDS[reason].long}>{REASON_WORDS[reason].short}</span>
      ),
    },
    {
      key: "result",
      header: "Result",
      className: "max-w-96",
      cell: (request) => <Result request={request} />,
    },
    {
      key: "scopes",
      header: "Scopes granted",
      cell: (request) => <Granted request={request} names={names} />,
    },
    {
      key: "life",
      header: "Lives",
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
    {
      key: "run",
      header: "For",
      cell: ({ runId }) =>
        runId ? <TextLink href={`/runs/${runId}`}>a run</TextLink> : "the cache",
    },
  ];
}

function Result({ request: { problem, httpStatus } }: { request: TokenRequestView }) {
  if (!problem)
    return (
      <Status tone="ok" icon={CircleCheck}>
        Granted
      </Status>
    );
  return (
    <div className="space-y-1">
      <Status tone="bad" icon={CircleX}>
        {httpStatus ? `HTTP ${httpStatus}` : "No answer"}
      </Status>
      <p className="text-xs text-muted">{errorTitle(problem.code)}</p>
      <p className="line-clamp-3 font-mono text-xs" title={problem.message}>
        {problem.message}
      </p>
    </div>
  );
}

function Granted(props: { request: TokenRequestView; names: Map<string, string> }) {
  const { requestedScopes, grantedScopes, problem } = props.request;
  if (problem) return UNKNOWN;
  const missing = requestedScopes.filter((scope) => !grantedScopes.includes(scope));
  return (
    <>
      <span className="tabular-nums">
        {formatCount(requestedScopes.length - missing.length)} of{" "}
        {formatCount(requestedScopes.length)}
      </span>
      {missing.length > 0 && (
        <span className="block text-xs text-bad">
          without {missing.map((scope) => props.names.get(scope) ?? scope).join(", ")}
        </span>
      )}
    </>
  );
}
