"use client";

import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { AskAgainProvider } from "#components/access/ask-again.tsx";
import type { ProvingActs } from "#components/access/ask-again-dialog.tsx";
import { RightsProvider } from "#components/access/rights.tsx";
import { ClockProvider } from "#components/live/time/clock.tsx";
import { LiveProvider } from "#components/live/stream/live-provider.tsx";
import { ApiProblem } from "#components/live/answer.ts";
import { Toasts } from "#components/ui/toasts/toasts.tsx";
import { IDLE_MS } from "#components/live/use-read.ts";
import type { Scope } from "#lib/operations/operators/api-key-schema.ts";

/** What signed-in pages share in the browser. */
export function Providers(props: {
  renderedAt: number;
  rights: readonly Scope[];
  proving: ProvingActs;
  children: ReactNode;
}) {
  const [client] = useState(createQueryClient);
  return (
    <ClockProvider renderedAt={props.renderedAt}>
      <QueryClientProvider client={client}>
        <LiveProvider renderedAt={props.renderedAt}>
          <RightsProvider rights={props.rights}>
            <AskAgainProvider {...props.proving}>{props.children}</AskAgainProvider>
          </RightsProvider>
        </LiveProvider>
        <Toasts />
      </QueryClientProvider>
    </ClockProvider>
  );
}

function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        // The change stream says earlier what is out of date.
        staleTime: IDLE_MS,
        // An answer that says no says no again; a lost connection may not.
        retry: (failures, error) =>
          failures < 2 && !(error instanceof ApiProblem && error.status < 500),
      },
    },
  });
}
