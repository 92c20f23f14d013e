"use client";

import { useId, useRef, type ReactNode, type SyntheticEvent } from "react";
import { cn } from "../cn.ts";
import { BESIDE } from "./popover.tsx";
import { withProps } from "../with-props.ts";

const HOVER_MS = 200;

/** An explanation on hover and focus. `children` must be able to take the focus. */
export function Tooltip({ text, children }: { text: ReactNode; children: ReactNode }) {
  const id = useId();
  const tip = useRef<HTMLSpanElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  function show({ currentTarget }: SyntheticEvent, afterMs: number) {
    clearTimeout(timer.current);
    const source = currentTarget.firstElementChild;
    // The page may be another by then.
    timer.current = setTimeout(() => {
      if (source instanceof HTMLElement && tip.current?.isConnected)
        tip.current.showPopover({ source });
    }, afterMs);
  }
  function hide(afterMs: number) {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => tip.current?.hidePopover(), afterMs);
  }

  return (
    // The pointer may go over to the explanation, which is part of this.
    <span
      role="presentation"
      className="contents"
      onPointerEnter={(event) => show(event, HOVER_MS)}
      onPointerLeave={() => hide(HOVER_MS)}
      onFocus={(event) => show(event, 0)}
      onBlur={() => hide(0)}
      onKeyDown={({ key }) => key === "Escape" && hide(0)}
    >
      {withProps(children, { "aria-describedby": id })}
      <span
        ref={tip}
        id={id}
        popover="manual"
        role="tooltip"
        className={cn(
          BESIDE,
          "max-w-xs rounded-md border bg-surface px-2.5 py-1.5 text-start text-xs font-normal whitespace-normal text-ink shadow-float",
        )}
      >
        {text}
      </span>
    </span>
  );
}
