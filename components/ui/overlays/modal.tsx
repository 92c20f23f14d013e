"use client";

import { useLayoutEffect, useRef, type ComponentProps, type PointerEvent } from "react";
import { cn } from "../cn.ts";

/**
 * The browser's own modal dialog, open while `isOpen`. Escape and a press beside it ask to close
 * it; the browser gives the focus back to what had it, also when React takes the dialog away.
 */
export function Modal(
  props: Omit<ComponentProps<"dialog">, "open" | "onClose" | "ref"> & {
    isOpen: boolean;
    onClose: () => void;
  },
) {
  const { isOpen, onClose, className, ...rest } = props;
  const element = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    const dialog = element.current;
    if (!isOpen || !dialog) return;
    dialog.showModal();
    firstIn(dialog)?.focus();
    return () => dialog.close();
  }, [isOpen]);
  return (
    <dialog
      ref={element}
      onPointerDown={(event) => {
        if (!isBeside(event)) return;
        // Else the press takes the focus to what it meets behind.
        event.preventDefault();
        onClose();
      }}
      onClose={(event) => {
        if (!event.currentTarget.open) onClose();
      }}
      className={cn(
        "overscroll-contain border bg-surface text-start text-sm font-normal whitespace-normal text-ink shadow-float backdrop:bg-scrim",
        className,
      )}
      {...rest}
    />
  );
}

/** What Tab reaches first; the browser would also take what it does not reach. */
function firstIn(dialog: HTMLElement): HTMLElement | undefined {
  const controls = dialog.querySelectorAll<HTMLElement>("a[href], button, input, select, textarea");
  return [...controls].find((one) => one.tabIndex >= 0 && one.checkVisibility());
}

/** The scrim belongs to the dialog; a press on it lies outside the dialog's box. */
function isBeside({ target, currentTarget, clientX, clientY }: PointerEvent<HTMLElement>): boolean {
  if (target !== currentTarget) return false;
  const { left, right, top, bottom } = currentTarget.getBoundingClientRect();
  return clientX < left || clientX > right || clientY < top || clientY > bottom;
}
