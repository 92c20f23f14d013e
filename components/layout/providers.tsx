"use client";

import { useState, type ReactNode } from "react";
import { RightsProvider } from "#components/access/rights.tsx";
import { ClockProvider } from "#components/live/time/clock.tsx";
import { LiveProvider } from "#components/live/stream/live-provider.tsx";
import { readTogether } from "#components/live/read-together.ts";
import { ReadStore } from "#components/live/store/read-store.ts";
import { ReadStoreContext } from "#components/live/store/read-store-context.ts";
import { Toasts } from "#components/ui/toasts/toasts.tsx";
import type { Scope } from "#lib/operations/operators/api-key-schema.ts";

/** What signed-in pages share in the browser. */
export function Providers(props: {
  renderedAt: number;
  rights: readonly Scope[];
  children: ReactNode;
}) {
  const [store] = useState(() => new ReadStore(readTogether));
  return (
    <ClockProvider renderedAt={props.renderedAt}>
      <ReadStoreContext value={store}>
        <LiveProvider renderedAt={props.renderedAt}>
          <RightsProvider rights={props.rights}>{props.children}</RightsProvider>
        </LiveProvider>
        <Toasts />
      </ReadStoreContext>
    </ClockProvider>
  );
}
