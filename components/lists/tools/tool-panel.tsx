"use client";

import { useEffect, useRef, useState, type ReactNode } from "react";
import { cn } from "#components/ui/cn.ts";

/** Opens without JavaScript; with it, a click elsewhere or Escape closes it. */
export function ToolPanel(props: {
  label: string;
  icon: ReactNode;
  isExport?: boolean;
  /** Which side of the button the panel keeps to; the end if nothing is said. */
  align?: "start" | "end";
  children: ReactNode;
  /** What is loaded once the panel has been opened. */
  whenOpened?: ReactNode;
}) {
  const [wasOpened, setOpened] = useState(false);
  const panel = useRef<HTMLDetailsElement>(null);
  useEffect(() => {
    const close = (event: Event) => {
      const { current } = panel;
      if (!current?.open || (event.target instanceof Node && current.contains(event.target)))
        return;
      current.open = false;
    };
    document.addEventListener("pointerdown", close);
    return () => document.removeEventListener("pointerdown", close);
  }, []);
  return (
    <details
      ref={panel}
      className="relative"
      {...(props.isExport && { "data-export": true })}
      onToggle={() => setOpened(true)}
      onKeyDown={(event) => {
        if (event.key !== "Escape" || !panel.current?.open) return;
        panel.current.open = false;
        panel.current.querySelector("summary")?.focus();
      }}
    >
      <summary className="flex h-8 list-none items-center gap-1.5 rounded-md border bg-surface px-2.5 text-sm font-medium hover:bg-hover [&::-webkit-details-marker]:hidden">
        {props.icon} {props.label}
      </summary>
      <div
        className={cn(
          "absolute top-full z-30 mt-1 w-60 rounded-lg border bg-surface p-3 text-sm shadow-float",
          props.align === "start" ? "start-0" : "end-0",
        )}
      >
        {props.children}
        {wasOpened && props.whenOpened}
      </div>
    </details>
  );
}
