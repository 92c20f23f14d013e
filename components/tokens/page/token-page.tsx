"use client";

import { RefreshCw, Trash2 } from "lucide-react";
import dynamic from "next/dynamic";
import { ActionButton } from "#components/forms/acts/action-button.tsx";
import type { FormAction } from "#components/forms/form-state.ts";
import { ReadState } from "#components/live/read-state.tsx";
import { reads } from "#components/live/reads.ts";
import { useRead } from "#components/live/use-read.ts";
import { StateBadge } from "#components/states/state-badge.tsx";
import { TOKEN_STATES } from "#components/states/tables/keys.ts";
import { Card, CardHeader } from "#components/ui/boxes/card.tsx";
import { SkeletonRows } from "#components/ui/boxes/skeleton.tsx";
import type { TokenView } from "#lib/operations/tokens/schema.ts";
import { useIsHeld, useTokenState } from "../token-state.ts";
import { ScopeMatrix } from "./scope-matrix.tsx";
import { TokenCases } from "./token-cases.tsx";
import { TokenLifetime } from "./token-lifetime.tsx";
import { TokenProblem } from "./token-problem.tsx";
import { TokenSharers } from "./token-sharers.tsx";

// Below what the page opens with: the server renders them, their scripts come after those of it.
const LivesCard = dynamic(() => import("../lives/lives-card.tsx").then((file) => file.LivesCard));
const TokenHistory = dynamic(() =>
  import("../requests/token-history.tsx").then((file) => file.TokenHistory),
);
const AssertionCard = dynamic(() =>
  import("./assertion-card.tsx").then((file) => file.AssertionCard),
);

export type TokenActions = { refresh: FormAction; drop: FormAction };

/** All that is known of one registration's access token, which itself is never shown. */
export function TokenPage(props: { registrationId: string; actions: TokenActions }) {
  const { registrationId } = props;
  const read = useRead(reads.token({ registrationId }));
  return (
    <div className="space-y-5">
      <ReadState of={read} waiting={<SkeletonRows />}>
        {(token) => (
          <>
            {token.lastProblem && token.state === "refused" && <TokenProblem token={token} />}
            <div className="grid items-start gap-5 xl:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
              <Present token={token} actions={props.actions} />
              <TokenCases token={token} />
            </div>
            <LivesCard registrationId={registrationId} />
            <ScopeMatrix token={token} />
            {token.lastProblem && token.state !== "refused" && <TokenProblem token={token} />}
          </>
        )}
      </ReadState>
      <div className="space-y-2">
        <h2 className="text-base font-semibold">Token requests</h2>
        <TokenHistory registrationId={registrationId} />
      </div>
      <AssertionCard registrationId={registrationId} />
    </div>
  );
}

function Present({ token, actions }: { token: TokenView; actions: TokenActions }) {
  const state = useTokenState(token);
  const isHeld = useIsHeld(token);
  const values = { registrationId: token.registrationId };
  return (
    <Card aria-labelledby="present">
      <CardHeader
        id="present"
        title={
          <span className="flex items-center gap-3">
            Present token <StateBadge of={TOKEN_STATES} state={state} />
          </span>
        }
        description={
          token.fingerprint && (
            <>
              Fingerprint <code className="font-mono text-xs">{token.fingerprint}</code>, the start
              of its SHA-256
            </>
          )
        }
        actions={
          <>
            {isHeld && (
              <ActionButton action={actions.drop} values={values} size="sm">
                <Trash2 aria-hidden /> Drop from cache
              </ActionButton>
            )}
            <ActionButton action={actions.refresh} values={values} size="sm">
              <RefreshCw aria-hidden /> Refresh now
            </ActionButton>
          </>
        }
      />
      <div className="space-y-3 p-4">
        <TokenLifetime token={token} state={state} />
        <TokenSharers token={token} />
        {isHeld && (
          <p className="text-xs text-muted">
            Dropping does not revoke it: the platform honours it until it expires.
          </p>
        )}
      </div>
    </Card>
  );
}
