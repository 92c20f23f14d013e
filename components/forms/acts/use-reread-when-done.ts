"use client";

import { QueryClientContext } from "@tanstack/react-query";
import { useContext, useEffect } from "react";
import type { FormState } from "../form-state.ts";

/** After an act everything on screen is read again, even while live updates are paused. */
export function useRereadWhenDone(state: FormState): void {
  const client = useContext(QueryClientContext);
  useEffect(() => {
    if (state.status === "done") void client?.invalidateQueries();
  }, [client, state]);
}
