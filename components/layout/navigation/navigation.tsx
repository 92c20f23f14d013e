"use client";

import {
  Activity,
  Building2,
  CalendarClock,
  CirclePause,
  GraduationCap,
  KeyRound,
  LayoutDashboard,
  LoaderCircle,
  ScrollText,
  Settings,
  type LucideIcon,
} from "lucide-react";
import Link, { useLinkStatus } from "next/link";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import { useMay } from "#components/access/rights.tsx";
import { HoldsCount } from "#components/holds/holds-count.tsx";
import { cn } from "#components/ui/cn.ts";

const PLACES: { href: string; label: string; icon: LucideIcon; mark?: ReactNode }[] = [
  { href: "/", label: "Overview", icon: LayoutDashboard },
  { href: "/registrations", label: "Registrations", icon: Building2 },
  { href: "/courses", label: "Courses", icon: GraduationCap },
  { href: "/runs", label: "Runs", icon: Activity },
  { href: "/holds", label: "Holds", icon: CirclePause, mark: <HoldsCount /> },
  { href: "/schedules", label: "Schedules", icon: CalendarClock },
  { href: "/tokens", label: "Tokens", icon: KeyRound },
  { href: "/audit", label: "Audit", icon: ScrollText },
  { href: "/settings", label: "Settings", icon: Settings },
];

export function Navigation() {
  const pathname = usePathname();
  const isAdmin = useMay("admin");
  return (
    <nav aria-label="Main">
      <ul className="space-y-0.5">
        {PLACES.filter(({ href }) => href !== "/audit" || isAdmin).map(
          ({ href, label, icon: Icon, mark }) => {
            const isHere = href === "/" ? pathname === "/" : pathname.startsWith(href);
            return (
              <li key={href}>
                <Link
                  href={href}
                  aria-current={pathname === href ? "page" : isHere ? "true" : undefined}
                  className={cn(
                    "flex h-8 items-center gap-2.5 rounded-md px-2 text-sm font-medium transition-colors",
                    isHere
                      ? "bg-accent-soft text-accent"
                      : "text-muted hover:bg-hover hover:text-ink",
                  )}
                >
                  <Icon aria-hidden className="size-4 shrink-0" />
                  <span className="flex-1">{label}</span>
                  {mark}
                  <Pending />
                </Link>
              </li>
            );
          },
        )}
      </ul>
    </nav>
  );
}

/** A page that takes its time is seen to be on its way; one that is quick shows nothing. */
function Pending() {
  const { pending } = useLinkStatus();
  return (
    <LoaderCircle
      aria-hidden
      className={cn(
        "ms-auto size-3.5 transition-opacity",
        pending ? "opacity-100 delay-150 motion-safe:animate-spin" : "opacity-0",
      )}
    />
  );
}
