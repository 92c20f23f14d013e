"use client";

import { RefreshCw, Trash2, TriangleAlert } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { ActionButton } from "#components/forms/acts/action-button.tsx";
import type { FormAction } from "#components/forms/form-state.ts";
import { Card } from "#components/ui/card.tsx";
import { Disclosure } from "#components/ui/disclosure.tsx";
import { Status } from "#components/ui/status.tsx";
import { StateBadge } from "#components/states/state-badge.tsx";
import { plural } from "#lib/format.ts";
import type { TokenState } from "#lib/operations/registrations/schema.ts";
import type { TokenView } from "#lib/operations/tokens/schema.ts";
import { TokenLifetime } from "./lives/token-lifetime.tsx";
import { TokenLives } from "./lives/token-lives.tsx";
import { TokenProblem } from "./token-problem.tsx";
import { TokenRequests } from "./token-requests.tsx";
import { TokenScopes } from "./token-scopes.tsx";
import { TokenSharers } from "./lives/token-sharers.tsx";
import { useIsHeld, useTokenState } from "./token-state.ts";
import { TokenUse } from "./lives/token-use.tsx";

export type TokenActions = { refresh: FormAction; drop: FormAction };

/** All that is known of one registration's access token. */
export function TokenCard({ token, actions }: { token: TokenView; actions: TokenActions }) {
  const state = useTokenState(token);
  const heading = `token-${token.registrationId}`;
  return (
    <Card
      // Two registrations may have one name, and landmarks must not.
      as="article"
      id={token.registrationId}
      aria-labelledby={heading}
      className="scroll-mt-20 target:border-accent lg:scroll-mt-6"
    >
      <Head token={token} state={state} actions={actions} heading={heading} />
      <div className="grid gap-x-8 gap-y-6 p-4 md:grid-cols-2 xl:grid-cols-3">
        <Part title="Time left">
          <TokenLifetime token={token} state={state} />
        </Part>
        <Part title="Last 24 hours">
          <TokenUse token={token} />
        </Part>
        <Part title="Scopes">
          <TokenScopes scopes={token.scopes} />
        </Part>
      </div>
      {token.lastProblem && (
        <div className="px-4 pb-4">
          <TokenProblem token={token} />
        </div>
      )}
      <div className="border-t px-4 py-3">
        <TokenSharers sharedBy={token.sharedBy} reuses={token.reuses} />
      </div>
      <History token={token} />
    </Card>
  );
}

function Head(props: {
  token: TokenView;
  state: TokenState;
  actions: TokenActions;
  heading: string;
}) {
  const { token, state, actions } = props;
  const values = { registrationId: token.registrationId };
  const isHeld = useIsHeld(token);
  const missing = token.scopes.filter((scope) => scope.state === "missing").length;
  return (
    <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3 border-b px-4 py-3">
      <div className="min-w-0">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <h2 id={props.heading} className="text-lg font-semibold">
            <Link
              href={`/registrations/${token.registrationId}`}
              className="hover:underline hover:underline-offset-2"
            >
              {token.registrationName}
            </Link>
          </h2>
          <StateBadge of="token" state={state} />
          {missing > 0 && (
            <Status tone="warn" icon={TriangleAlert}>
              {plural(missing, "scope")} missing
            </Status>
          )}
        </div>
        {token.fingerprint && (
          <p className="text-xs text-muted">
            Fingerprint <code className="font-mono">{token.fingerprint}</code>, the start of its
            SHA-256
          </p>
        )}
      </div>
      <div className="max-w-full space-y-1 sm:text-end">
        <div className="flex flex-wrap gap-2 sm:justify-end">
          {isHeld && (
            <ActionButton
              action={actions.drop}
              values={values}
              size="sm"
              label={`Drop from cache: token of ${token.registrationName}`}
            >
              <Trash2 aria-hidden /> Drop from cache
            </ActionButton>
          )}
          <ActionButton
            action={actions.refresh}
            values={values}
            size="sm"
            label={`Refresh now: token of ${token.registrationName}`}
          >
            <RefreshCw aria-hidden /> Refresh now
          </ActionButton>
        </div>
        {isHeld && (
          <p className="text-xs text-muted">
            Dropping does not revoke it: the platform honours it until it expires.
          </p>
        )}
      </div>
    </div>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <h3 className="mb-1.5 text-xs font-medium text-muted">{title}</h3>
      {children}
    </div>
  );
}

function History({ token: { history, scopes } }: { token: TokenView }) {
  if (history.length === 0) return null;
  return (
    <div className="space-y-3 border-t px-4 py-3">
      <TokenLives history={history} />
      <Disclosure
        summary={
          history.length === 1 ? "Latest request" : `Latest ${plural(history.length, "request")}`
        }
      >
        <div className="-mx-4 -mb-3 border-t">
          <TokenRequests history={history} scopes={scopes} />
        </div>
      </Disclosure>
    </div>
  );
}
