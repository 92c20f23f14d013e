"use client";

import { usePathname } from "next/navigation";
import { useEffect, useRef } from "react";

/** After navigation the focus is on the new page's heading, as it would be after a page load. */
export function HeadingFocus() {
  const pathname = usePathname();
  const seen = useRef(pathname);
  useEffect(() => {
    if (seen.current === pathname) return;
    seen.current = pathname;
    document.querySelector<HTMLElement>("main h1")?.focus({ preventScroll: true });
  }, [pathname]);
  return null;
}
