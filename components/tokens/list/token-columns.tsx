"use client";

import { ErrorTitle } from "#components/errors/advised.tsx";
import { RelativeTime } from "#components/live/time/time.tsx";
import { StateBadge } from "#components/states/state-badge.tsx";
import { TOKEN_STATES } from "#components/states/tables/keys.ts";
import { cn } from "#components/ui/cn.ts";
import type { Column } from "#components/ui/tables/data-table.tsx";
import { RowLink } from "#components/ui/tables/row-link.tsx";
import { formatCount, formatCountdown, plural, UNKNOWN } from "#lib/format.ts";
import type { TokenSummary } from "#lib/operations/tokens/schema.ts";
import { PLATFORM_NAMES } from "#lib/platforms/names.ts";
import { LifeBar } from "../life-bar.tsx";
import { useIsHeld, useTimeLeft, useTokenState } from "../token-state.ts";

export const TOKEN_COLUMNS: Column<TokenSummary>[] = [
  {
    key: "name",
    header: "Registration",
    sort: "name",
    isLead: true,
    cell: ({ registrationId, registrationName }) => (
      <RowLink href={`/tokens/${registrationId}`}>{registrationName}</RowLink>
    ),
  },
  {
    key: "state",
    header: "State",
    sort: "state",
    phone: "state",
    cell: (token) => <State token={token} />,
  },
  {
    key: "expires",
    header: "Expires",
    sort: "expiresAt",
    phone: "figure",
    cell: (token) => <Expires token={token} />,
  },
  { key: "scopes", header: "Scopes", phone: "figure", cell: (token) => <Scopes token={token} /> },
  {
    key: "shared",
    header: "Shared by",
    phone: "figure",
    cell: ({ runCount, processCount }) =>
      runCount === 0 ? (
        <span className="text-muted">nobody yet</span>
      ) : (
        <>
          {plural(runCount, "run")}
          {processCount > 0 && (
            <span className="text-muted">, {plural(processCount, "process", "processes")}</span>
          )}
        </>
      ),
  },
  {
    key: "saved",
    header: "Saved, 24 h",
    sort: "requestsSaved",
    align: "end",
    cell: ({ requestsSaved, requestsMade }) => (
      <span title={`${plural(requestsMade, "token request")} made`}>
        {formatCount(requestsSaved)}
      </span>
    ),
  },
  {
    key: "error",
    header: "Last error",
    sort: "errorAt",
    cell: (token) => <LastError token={token} />,
  },
  {
    key: "made",
    header: "Requests, 24 h",
    align: "end",
    isOptional: true,
    cell: ({ requestsMade }) => formatCount(requestsMade),
  },
  {
    key: "platform",
    header: "Platform",
    isOptional: true,
    cell: ({ platform }) => PLATFORM_NAMES[platform],
  },
  {
    key: "obtained",
    header: "Obtained",
    isOptional: true,
    cell: ({ obtainedAt }) => <RelativeTime at={obtainedAt} />,
  },
  {
    key: "fingerprint",
    header: "Fingerprint",
    isOptional: true,
    cell: ({ fingerprint }) => <code className="font-mono text-xs">{fingerprint ?? UNKNOWN}</code>,
  },
];

function State({ token }: { token: TokenSummary }) {
  return <StateBadge of={TOKEN_STATES} state={useTokenState(token)} />;
}

function Expires({ token }: { token: TokenSummary }) {
  const state = useTokenState(token);
  const leftMs = useTimeLeft(token);
  const isHeld = useIsHeld(token);
  if (token.expiresAt === null) return UNKNOWN;
  if (!isHeld) return <RelativeTime at={token.evictedAt ?? token.expiresAt} />;
  return (
    <span className="flex items-center gap-2">
      <LifeBar token={token} state={state} leftMs={leftMs} className="h-1.5 w-20 shrink-0" />
      <span className="tabular-nums">{formatCountdown(leftMs)}</span>
    </span>
  );
}

function Scopes({ token }: { token: TokenSummary }) {
  const { scopesGranted, scopesNeeded, missingScopes, obtainedAt } = token;
  if (scopesNeeded === 0) return <span className="text-muted">none needed</span>;
  return (
    <span
      className={cn("tabular-nums", missingScopes.length > 0 && "font-medium text-bad")}
      title={missingScopes.length > 0 ? `Without ${missingScopes.join(", ")}` : undefined}
    >
      {formatCount(obtainedAt === null ? 0 : scopesGranted)} of {formatCount(scopesNeeded)}
    </span>
  );
}

function LastError({ token: { lastProblem, state } }: { token: TokenSummary }) {
  if (!lastProblem) return <span className="text-muted">None</span>;
  return (
    <span className={cn(state === "refused" ? "text-bad" : "text-muted")}>
      <RelativeTime at={lastProblem.at} />, <ErrorTitle code={lastProblem.code} />
    </span>
  );
}
