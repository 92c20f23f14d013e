"use client";

import { useId, type ReactNode } from "react";
import { cn } from "../cn.ts";
import { withProps } from "../with-props.ts";

/**
 * Lies beside the button that opens it, or above where there is no room; in a browser that cannot
 * place it, in the middle of the window.
 */
export const BESIDE =
  "m-auto supports-[position-area:end]:m-0 supports-[position-area:end]:my-1.5 [position-area:block-end_span-inline-end] [position-try-fallbacks:flip-block,flip-inline,flip-block_flip-inline]";

/** What a button shows beside itself; Escape or a click elsewhere closes it, also without JavaScript. */
export function Popover(props: { trigger: ReactNode; label: string; children: ReactNode }) {
  const id = useId();
  return (
    <>
      {withProps(props.trigger, { popoverTarget: id })}
      <div
        id={id}
        popover="auto"
        role="dialog"
        aria-label={props.label}
        className={cn(
          BESIDE,
          "max-h-80 w-80 max-w-[calc(100vw-2rem)] overflow-y-auto rounded-lg border bg-surface p-3 text-start text-sm font-normal wrap-anywhere whitespace-normal text-ink shadow-float",
        )}
      >
        {props.children}
      </div>
    </>
  );
}
