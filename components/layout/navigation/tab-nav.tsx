"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { useLayoutEffect, useRef } from "react";
import { cn } from "#components/ui/cn.ts";

export type Tab = { href: string; label: string; count?: string };

/** The parts of one object; each part is a page with its own address. */
export function TabNav({ label, tabs }: { label: string; tabs: Tab[] }) {
  const here = hereAmong(tabs, usePathname());
  const nav = useRef<HTMLElement>(null);
  // Where not all of them fit, the one that is open is among those that are seen.
  useLayoutEffect(() => {
    const open = nav.current?.querySelector<HTMLElement>("[aria-current]");
    if (!nav.current || !open) return;
    const { left, right } = nav.current.getBoundingClientRect();
    const tab = open.getBoundingClientRect();
    nav.current.scrollLeft += Math.max(0, tab.right - right) - Math.max(0, left - tab.left);
  }, [here?.href]);
  return (
    <nav ref={nav} aria-label={label} className="mb-4 overflow-x-auto border-b">
      <ul className="flex gap-1">
        {tabs.map((tab) => {
          const isHere = tab === here;
          return (
            <li key={tab.href}>
              <Link
                href={tab.href}
                aria-current={isHere ? "page" : undefined}
                className={cn(
                  "flex h-9 items-center gap-1.5 border-b-2 px-3 text-sm font-medium whitespace-nowrap -outline-offset-2",
                  isHere
                    ? "border-accent text-ink"
                    : "border-transparent text-muted hover:text-ink",
                )}
              >
                {tab.label}
                {tab.count && <span className="text-xs text-faint tabular-nums">{tab.count}</span>}
              </Link>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}

/** A page below a tab's own belongs to that tab; the longest address wins. */
function hereAmong(tabs: Tab[], pathname: string): Tab | undefined {
  return tabs
    .filter(({ href }) => pathname === href || pathname.startsWith(`${href}/`))
    .sort((a, b) => b.href.length - a.href.length)[0];
}
