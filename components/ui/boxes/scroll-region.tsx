"use client";

import { useEffect, useRef, useState, type ReactNode } from "react";
import { cn } from "../cn.ts";

/** Scrolls sideways inside itself, and takes the keyboard's focus only while it can scroll. */
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
      // Until it was measured, and where no script measures it, it may be one that scrolls.
      tabIndex={canScroll === false ? undefined : 0}
    >
      {props.children}
    </div>
  );
}
