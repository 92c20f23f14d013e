"use client";

import { lazy, Suspense, useSyncExternalStore } from "react";
import { subscribeToSaid, wasAnythingSaid } from "./said.ts";

const Toaster = lazy(async () => ({ default: (await import("./toaster.tsx")).Toaster }));

/** Where confirmations appear. A page on which nothing was done loads nothing for them. */
export function Toasts() {
  const isShown = useSyncExternalStore(subscribeToSaid, wasAnythingSaid, () => false);
  return (
    isShown && (
      <Suspense>
        <Toaster />
      </Suspense>
    )
  );
}
