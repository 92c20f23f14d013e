"use client";

import { useLayoutEffect, useRef, type ReactNode } from "react";
import { ProofNeeded } from "#components/access/proof-needed.tsx";
import { cn } from "#components/ui/cn.ts";
import type { FormState } from "../form-state.ts";

/**
 * Why an act was not done, over the page beside its button, so that nothing on the page moves;
 * Escape or a click elsewhere closes it. Without JavaScript it stands below the button. Belongs
 * into the act's form; `children` say more than the message does.
 */
export function ActError({ state, children }: { state: FormState; children?: ReactNode }) {
  const element = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const note = element.current;
    const button = note?.closest("form")?.querySelector<HTMLElement>("button[type=submit]");
    if (!note || !button) return;
    note.popover = "auto";
    note.showPopover({ source: button });
  }, [state]);
  if (state.status !== "error") return null;
  return (
    <div
      ref={element}
      role={children ? undefined : "alert"}
      className={cn(
        "max-w-96 text-start text-xs font-normal whitespace-normal",
        !children && "text-bad first-letter:uppercase",
        "[&[popover]]:rounded-md [&[popover]]:border [&[popover]]:border-bad-line [&[popover]]:bg-surface [&[popover]]:shadow-float",
        !children && "[&[popover]]:px-2.5 [&[popover]]:py-1.5",
        // Beside the button, or in the middle of the window where a browser cannot place it.
        "supports-[position-area:end]:m-0 supports-[position-area:end]:[&[popover]]:my-1.5 [position-area:block-end_span-inline-end] [position-try-fallbacks:flip-block,flip-inline,flip-block_flip-inline]",
      )}
    >
      {children ?? state.message}
      {!children && state.code === "operation.proof_needed" && (
        <>
          . <ProofNeeded state={state} />
        </>
      )}
    </div>
  );
}
