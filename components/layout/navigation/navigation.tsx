import {
  Activity,
  Building2,
  CalendarClock,
  CirclePause,
  GraduationCap,
  KeyRound,
  LayoutDashboard,
  ScrollText,
  Settings,
} from "lucide-react";
import { HoldsCount } from "#components/holds/holds-count.tsx";
import { NavLink, type Place } from "./nav-link.tsx";

const PLACES: Place[] = [
  { href: "/", label: "Overview", icon: <LayoutDashboard aria-hidden /> },
  { href: "/registrations", label: "Registrations", icon: <Building2 aria-hidden /> },
  { href: "/courses", label: "Courses", icon: <GraduationCap aria-hidden /> },
  { href: "/runs", label: "Runs", icon: <Activity aria-hidden /> },
  { href: "/holds", label: "Holds", icon: <CirclePause aria-hidden />, mark: <HoldsCount /> },
  { href: "/schedules", label: "Schedules", icon: <CalendarClock aria-hidden /> },
  { href: "/tokens", label: "Tokens", icon: <KeyRound aria-hidden /> },
  { href: "/audit", label: "Audit", icon: <ScrollText aria-hidden />, isForAdmins: true },
  { href: "/settings", label: "Settings", icon: <Settings aria-hidden /> },
];

/** Made by the server: of it the browser needs only to know where it is. */
export function Navigation() {
  return (
    <nav aria-label="Main">
      <ul className="space-y-0.5">
        {PLACES.map((place) => (
          <NavLink key={place.href} {...place} />
        ))}
      </ul>
    </nav>
  );
}
