"use client";

import { createContext, useContext } from "react";
import type { ReadStore } from "./read-store.ts";

/** Null on pages that read nothing, such as the sign-in. */
export const ReadStoreContext = createContext<ReadStore | null>(null);

export function useReadStore(): ReadStore {
  const store = useContext(ReadStoreContext);
  if (!store) throw new Error("a read needs the providers of signed-in pages above it");
  return store;
}
