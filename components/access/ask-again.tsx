"use client";

import { createContext, lazy, Suspense, use, useCallback, useState, type ReactNode } from "react";
import type { Asked, ProvingActs } from "./ask-again-dialog.tsx";

/** Whether the person has shown once more who they are; false where they closed the dialog. */
export type AskAgain = (ways: string[]) => Promise<boolean>;

const Asking = createContext<AskAgain | null>(null);
const AskAgainDialog = lazy(() => import("./ask-again-dialog.tsx"));

/** Asks who is signed in once more who they are, for every form below. */
export function AskAgainProvider(props: ProvingActs & { children: ReactNode }) {
  const [asked, setAsked] = useState<Asked | null>(null);
  const ask = useCallback<AskAgain>(
    (ways) =>
      new Promise((resolve) => {
        const answer = (isProven: boolean) => {
          setAsked(null);
          resolve(isProven);
        };
        setAsked({ ways, answer });
      }),
    [],
  );
  return (
    <Asking value={ask}>
      {props.children}
      {asked && (
        <Suspense>
          <AskAgainDialog prove={props.prove} askPasskey={props.askPasskey} asked={asked} />
        </Suspense>
      )}
    </Asking>
  );
}

/** Null where nobody is signed in. */
export function useAskAgain(): AskAgain | null {
  return use(Asking);
}
