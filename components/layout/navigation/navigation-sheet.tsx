"use client";

import { Menu, Search, X } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { useId, useLayoutEffect, useRef, type ReactNode } from "react";
import { Button } from "#components/ui/buttons/button.tsx";
import { closeAround } from "#components/ui/overlays/dialog.tsx";

/** The navigation of narrow windows: a bar, and a sheet that slides over the page. */
export function NavigationSheet(props: {
  logo: ReactNode;
  navigation: ReactNode;
  children: ReactNode;
}) {
  const pathname = usePathname();
  const sheet = useRef<HTMLDialogElement>(null);
  const id = useId();
  // Following a link closes it, before the focus goes to the new page's heading.
  useLayoutEffect(() => sheet.current?.close(), [pathname]);
  return (
    <>
      <header className="sticky top-0 z-30 flex h-14 items-center justify-between border-b bg-sunken px-4 lg:hidden">
        <Link href="/" aria-label="Rollbook, overview" className="rounded-md">
          {props.logo}
        </Link>
        <Button look="quiet" size="icon" asChild className="ms-auto">
          <Link href="/search" aria-label="Find anything">
            <Search aria-hidden />
          </Link>
        </Button>
        <Button
          look="quiet"
          size="icon"
          aria-label="Open navigation"
          aria-haspopup="dialog"
          popoverTarget={id}
          onClick={(event) => {
            event.preventDefault();
            sheet.current?.showModal();
          }}
        >
          <Menu aria-hidden />
        </Button>
      </header>
      {/* Without JavaScript it opens as a popover. */}
      <dialog
        ref={sheet}
        id={id}
        popover="auto"
        aria-labelledby={`${id}-title`}
        onPointerDown={(event) => event.target === event.currentTarget && sheet.current?.close()}
        className="start-auto m-0 h-dvh max-h-none w-72 max-w-[85vw] overflow-y-auto overscroll-contain border-s bg-surface text-ink shadow-float backdrop:bg-scrim"
      >
        <div className="flex min-h-full flex-col gap-5 p-3">
          <div className="flex items-center justify-between ps-2">
            <h2 id={`${id}-title`} className="text-base font-semibold">
              Navigation
            </h2>
            <Button
              look="quiet"
              size="icon"
              aria-label="Close navigation"
              popoverTarget={id}
              popoverTargetAction="hide"
              onClick={closeAround}
            >
              <X aria-hidden />
            </Button>
          </div>
          <div className="flex-1">{props.navigation}</div>
          {props.children}
        </div>
      </dialog>
    </>
  );
}
