"use client";

import { useSyncExternalStore } from "react";

const never = () => () => {};

/** Whether this browser knows passkeys; not known before the page runs. */
export function usePasskeysHere(): boolean {
  return useSyncExternalStore(
    never,
    () => typeof PublicKeyCredential !== "undefined",
    () => false,
  );
}
