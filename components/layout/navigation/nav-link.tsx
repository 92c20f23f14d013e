"use client";

import { LoaderCircle } from "lucide-react";
import Link, { useLinkStatus } from "next/link";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import { useMay } from "#components/access/rights.tsx";
import { cn } from "#components/ui/cn.ts";

export type Place = {
  href: string;
  label: string;
  icon: ReactNode;
  mark?: ReactNode;
  isForAdmins?: boolean;
};

export function NavLink({ href, label, icon, mark, isForAdmins }: Place) {
  const pathname = usePathname();
  const isAdmin = useMay("admin");
  if (isForAdmins && !isAdmin) return null;
  const isHere = href === "/" ? pathname === "/" : pathname.startsWith(href);
  return (
    <li>
      <Link
        href={href}
        aria-current={pathname === href ? "page" : isHere ? "true" : undefined}
        className={cn(
          "flex h-8 items-center gap-2.5 rounded-md px-2 text-sm font-medium transition-colors [&>svg]:size-4 [&>svg]:shrink-0",
          isHere ? "bg-accent-soft text-accent" : "text-muted hover:bg-hover hover:text-ink",
        )}
      >
        {icon}
        <span className="flex-1">{label}</span>
        <Pending />
        {mark}
      </Link>
    </li>
  );
}

/** A page that takes its time is seen to be on its way; one that is quick shows nothing. */
function Pending() {
  const { pending } = useLinkStatus();
  return (
    <span>
      <LoaderCircle
        aria-hidden
        className={cn(
          "size-3.5 transition-opacity",
          pending ? "opacity-100 delay-150 motion-safe:animate-spin" : "opacity-0",
        )}
      />
    </span>
  );
}
