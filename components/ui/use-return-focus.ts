"use client";

import { useRef } from "react";

/**
 * For the content of a dialog that is opened by state: gives the focus back to what had it.
 * Radix does so by itself only for a trigger of its own.
 */
export function useReturnFocus() {
  const opener = useRef<Element | null>(null);
  return {
    onOpenAutoFocus: () => {
      opener.current = document.activeElement;
    },
    onCloseAutoFocus: (event: Event) => {
      event.preventDefault();
      if (opener.current instanceof HTMLElement) opener.current.focus();
    },
  };
}
