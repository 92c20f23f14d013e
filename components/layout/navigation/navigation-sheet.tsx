"use client";

import { Menu, Search, X } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { Dialog } from "radix-ui";
import { useState, type ReactNode } from "react";
import { Button } from "#components/ui/button.tsx";
import { Logo } from "./logo.tsx";
import { Navigation } from "./navigation.tsx";

/** The navigation of narrow windows: a bar, and a sheet that slides over the page. */
export function NavigationSheet({ children }: { children: ReactNode }) {
  const pathname = usePathname();
  const [openAt, setOpenAt] = useState<string | null>(null);
  return (
    <header className="sticky top-0 z-30 flex h-14 items-center justify-between border-b bg-sunken px-4 lg:hidden">
      <Link href="/" aria-label="Rollbook, overview" className="rounded-md">
        <Logo />
      </Link>
      <Button look="quiet" size="icon" asChild className="ms-auto">
        <Link href="/search" aria-label="Find anything">
          <Search aria-hidden />
        </Link>
      </Button>
      {/* Open only at the address it was opened at, so that following a link closes it. */}
      <Dialog.Root
        open={openAt === pathname}
        onOpenChange={(isOpen) => setOpenAt(isOpen ? pathname : null)}
      >
        <Dialog.Trigger asChild>
          <Button look="quiet" size="icon" aria-label="Open navigation">
            <Menu aria-hidden />
          </Button>
        </Dialog.Trigger>
        <Dialog.Portal>
          <Dialog.Overlay className="fixed inset-0 z-40 bg-scrim" />
          <Dialog.Content
            aria-describedby={undefined}
            className="fixed inset-y-0 end-0 z-50 flex w-72 max-w-[85vw] flex-col gap-5 overflow-y-auto border-s bg-surface p-3 shadow-float"
          >
            <div className="flex items-center justify-between ps-2">
              <Dialog.Title className="text-base font-semibold">Navigation</Dialog.Title>
              <Dialog.Close asChild>
                <Button look="quiet" size="icon" aria-label="Close navigation">
                  <X aria-hidden />
                </Button>
              </Dialog.Close>
            </div>
            <div className="flex-1">
              <Navigation />
            </div>
            {children}
          </Dialog.Content>
        </Dialog.Portal>
      </Dialog.Root>
    </header>
  );
}
