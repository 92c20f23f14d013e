"use client";

import { useEffect, useRef, useState, type ReactNode } from "react";
import { cn } from "../cn.ts";

/** Scrolls inside itself, and takes the keyboard's focus unless it is known to have nothing to scroll. */
export function ScrollRegion(props: { label: string; children: ReactNode; className?: string }) {
  const region = useRef<HTMLDivElement>(null);
  const [canScroll, setCanScroll] = useState<boolean>();

  useEffect(() => {
    const element = region.current;
    if (!element) return;
    const measure = () =>
      setCanScroll(
        element.scrollWidth > element.clientWidth + 1 ||
          element.scrollHeight > element.clientHeight + 1,
      );
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    if (element.firstElementChild) observer.observe(element.firstElementChild);
    return () => observer.disconnect();
  }, []);

  return (
    <div
      ref={region}
      className={cn("default:overflow-x-auto", props.className)}
      {...(canScroll && { role: "region", "aria-label": props.label })}
      // Not known before it is measured, nor where no script measures it.
      tabIndex={canScroll === false ? undefined : 0}
    >
      {props.children}
    </div>
  );
}
