"use client";

import { Search } from "lucide-react";
import { usePathname } from "next/navigation";
import { lazy, Suspense, useEffect, useState } from "react";
import { createPortal } from "react-dom";
import { noteVisit } from "./recent.ts";
import { isSlashOn } from "./slash.ts";

const loadPalette = () => import("./palette.tsx");
const Palette = lazy(async () => ({ default: (await loadPalette()).Palette }));

const TITLE_SETTLES_MS = 800;

/**
 * The box that finds anything. Without JavaScript it is a form that leads to the page of results;
 * with it a click, Ctrl or ⌘ with K, or a slash opens the palette, whose script comes then.
 */
export function Finder() {
  const [isOpen, setOpen] = useState(false);
  const [wasOpened, setWasOpened] = useState(false);
  const pathname = usePathname();

  function open() {
    setWasOpened(true);
    setOpen(true);
  }

  useEffect(() => {
    function onKeyDown(event: KeyboardEvent) {
      if (!opensFinder(event)) return;
      event.preventDefault();
      open();
    }
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, []);

  useEffect(() => {
    const noteThisPage = () => noteVisit(pathname, document.querySelector("h1")?.textContent ?? "");
    const timer = setTimeout(noteThisPage, TITLE_SETTLES_MS);
    return () => clearTimeout(timer);
  }, [pathname]);

  return (
    <>
      <form action="/search" role="search" aria-label="Find anything" className="relative">
        <Search
          aria-hidden
          className="pointer-events-none absolute start-2.5 top-1/2 size-3.5 -translate-y-1/2 text-muted"
        />
        <input
          type="search"
          name="q"
          aria-label="Find anything"
          aria-keyshortcuts="Control+K Meta+K /"
          placeholder="Find…"
          autoComplete="off"
          onPointerDown={(event) => {
            event.preventDefault();
            // Where the focus comes back to.
            event.currentTarget.focus();
            open();
          }}
          onPointerEnter={() => void loadPalette()}
          className="h-8 w-full rounded-md border border-control bg-surface ps-8 pe-12 text-sm text-ink hover:border-muted"
        />
        <kbd
          aria-hidden
          className="pointer-events-none absolute end-2 top-1/2 -translate-y-1/2 font-sans text-2xs text-muted"
        >
          Ctrl K
        </kbd>
      </form>
      {wasOpened &&
        // Not in the sidebar: where that is not shown, nothing in it is.
        createPortal(
          <Suspense>
            <Palette isOpen={isOpen} onOpenChange={setOpen} />
          </Suspense>,
          document.body,
        )}
    </>
  );
}

function opensFinder(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.altKey) return false;
  if (event.ctrlKey || event.metaKey) return event.key.toLowerCase() === "k" && !event.shiftKey;
  return event.key === "/" && isSlashOn() && !isTyping(event.target);
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(target.tagName))
  );
}
