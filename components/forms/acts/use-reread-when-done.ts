"use client";

import { useContext, useEffect } from "react";
import { ReadStoreContext } from "#components/live/store/read-store-context.ts";
import type { FormState } from "../form-state.ts";

/** After an act everything on screen is read again, even while live updates are paused. */
export function useRereadWhenDone(state: FormState): void {
  const store = useContext(ReadStoreContext);
  useEffect(() => {
    if (state.status === "done") store?.readAllAgain();
  }, [store, state]);
}
