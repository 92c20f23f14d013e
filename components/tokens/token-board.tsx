"use client";

import { KeyRound } from "lucide-react";
import Link from "next/link";
import { LoadError } from "#components/errors/load-error.tsx";
import { useLiveResource } from "#components/live/use-live-resource.ts";
import { isActive } from "#components/runs/run-words.ts";
import { Button } from "#components/ui/button.tsx";
import { Card } from "#components/ui/card.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { SkeletonRows } from "#components/ui/skeleton.tsx";
import type { TokenView } from "#lib/operations/tokens/schema.ts";
import { FourCases } from "./four-cases.tsx";
import { TokenCard, type TokenActions } from "./token-card.tsx";

type TokenList = { items: TokenView[] };

export function TokenBoard({ actions }: { actions: TokenActions }) {
  const read = useLiveResource<TokenList>("/api/v1/tokens", {}, ({ items }) =>
    items.some(({ sharedBy }) => sharedBy.runs.some(isActive)),
  );
  const tokens = read.data?.items;
  return (
    <>
      {read.error && (
        <LoadError
          error={read.error}
          retry={() => void read.refetch()}
          hasData={tokens !== undefined}
        />
      )}
      {!tokens && !read.error && (
        <Card>
          <SkeletonRows />
        </Card>
      )}
      {tokens?.length === 0 && <NoTokens />}
      {tokens && tokens.length > 0 && (
        <div className="space-y-5">
          <FourCases tokens={tokens} />
          {tokens.map((token) => (
            <TokenCard key={token.registrationId} token={token} actions={actions} />
          ))}
        </div>
      )}
    </>
  );
}

function NoTokens() {
  return (
    <Card aria-label="Tokens">
      <EmptyState
        icon={KeyRound}
        title="No tokens yet"
        actions={
          <Button asChild look="primary">
            <Link href="/registrations/new">Connect an LMS</Link>
          </Button>
        }
      >
        A token is requested when the first run of a registration needs it.
      </EmptyState>
    </Card>
  );
}
