"use client";

import { KeyRound } from "lucide-react";
import Link from "next/link";
import { ReadState } from "#components/live/read-state.tsx";
import { reads } from "#components/live/reads.ts";
import { useRead } from "#components/live/use-read.ts";
import { Button } from "#components/ui/button.tsx";
import { Card } from "#components/ui/card.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { SkeletonRows } from "#components/ui/skeleton.tsx";
import { FourCases } from "./lives/four-cases.tsx";
import { TokenCard, type TokenActions } from "./token-card.tsx";

export function TokenBoard({ actions }: { actions: TokenActions }) {
  const read = useRead(reads.tokens({}));
  return (
    <ReadState
      of={read}
      waiting={
        <Card>
          <SkeletonRows />
        </Card>
      }
    >
      {({ items }) =>
        items.length === 0 ? (
          <NoTokens />
        ) : (
          <div className="space-y-5">
            <FourCases tokens={items} />
            {items.map((token) => (
              <TokenCard key={token.registrationId} token={token} actions={actions} />
            ))}
          </div>
        )
      }
    </ReadState>
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
