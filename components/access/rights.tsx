"use client";

import { createContext, use, type ReactNode } from "react";
import type { Scope as Right } from "#lib/operations/operators/api-key-schema.ts";

const Held = createContext<readonly Right[] | null>(null);
const Needed = createContext<Right>("runs:write");

/** What the person who is signed in may do, for every page below. */
export function RightsProvider(props: { rights: readonly Right[]; children: ReactNode }) {
  return <Held value={props.rights}>{props.children}</Held>;
}

/** The right that every act within needs; elsewhere it is one that an operator has. */
export function Needs(props: { right: Right; children: ReactNode }) {
  return <Needed value={props.right}>{props.children}</Needed>;
}

/** Whether the person who is signed in has a right; where nobody is, nothing is held back. */
export function useMay(right: Right): boolean {
  const held = use(Held);
  return held === null || held.includes(right);
}

/**
 * Why an act at this place cannot be done: it is not for the person who is signed in, or it is
 * `blocked` for everybody just now; null where it can.
 */
export function useRefusal(blocked?: ReactNode): ReactNode {
  const needed = use(Needed);
  const may = useMay(needed);
  if (may) return blocked ?? null;
  return needed === "admin" ? "Only an admin may do this" : "A viewer may not do this";
}
