"use client";

import { useEffect } from "react";

const CAN_TAKE_IT = "a[href], button, input, select, textarea, summary";

/** A part of the page that goes while it has the focus leaves it to what stands in its place. */
export function KeptFocus() {
  useEffect(() => {
    // What had the focus last, and all around it.
    let path: Element[] = [];

    function remember({ target }: FocusEvent) {
      path = target instanceof Element ? pathOf(target) : [];
    }
    function forget({ relatedTarget }: FocusEvent) {
      const [left] = path;
      // Who clicks beside everything means it; what is being removed stands there no longer then.
      if (relatedTarget === null)
        setTimeout(() => {
          if (left === path[0] && left?.isConnected) path = [];
        });
    }
    const watch = new MutationObserver(() => {
      const [had] = path;
      if (!had || had.isConnected || document.activeElement !== document.body) return;
      const around = path.find((each) => each.isConnected);
      path = [];
      heirIn(around)?.focus({ preventScroll: true });
    });

    document.addEventListener("focusin", remember);
    document.addEventListener("focusout", forget);
    watch.observe(document.body, { childList: true, subtree: true });
    return () => {
      document.removeEventListener("focusin", remember);
      document.removeEventListener("focusout", forget);
      watch.disconnect();
    };
  }, []);
  return null;
}

function pathOf(element: Element): Element[] {
  const path: Element[] = [];
  for (let each: Element | null = element; each; each = each.parentElement) path.push(each);
  return path;
}

/** The first thing there that can take the focus; of a whole page its heading. */
function heirIn(around: Element | undefined): HTMLElement | undefined {
  const heading = document.querySelector<HTMLElement>("main h1") ?? undefined;
  if (!around || around.querySelector("h1")) return heading;
  const all = [...around.querySelectorAll<HTMLElement>(CAN_TAKE_IT)];
  return all.find((each) => each.checkVisibility()) ?? heading;
}
