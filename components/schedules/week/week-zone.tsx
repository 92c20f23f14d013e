"use client";

import { usePathname, useRouter } from "next/navigation";
import { useEffect, useId } from "react";
import { useIsHydrated } from "#components/live/time/clock.tsx";
import { Button } from "#components/ui/buttons/button.tsx";
import { Select } from "#components/ui/fields/field-controls.tsx";

/**
 * By whose clock the week is shown: the browser's own, unless the address names another. Without
 * JavaScript the browser's is not known, and is chosen.
 */
export function WeekZone(props: {
  day?: string;
  zone: string;
  zones: string[];
  isZoneGiven: boolean;
}) {
  const { day, zone, zones, isZoneGiven } = props;
  const id = useId();
  const router = useRouter();
  const path = usePathname();
  const own = useIsHydrated() ? Intl.DateTimeFormat().resolvedOptions().timeZone : zone;
  useEffect(() => {
    if (isZoneGiven || own === zone) return;
    const query = new URLSearchParams({ ...(day && { day }), zone: own });
    router.replace(`${path}?${query.toString()}`, { scroll: false });
  }, [day, isZoneGiven, own, path, router, zone]);
  return (
    <form method="get" className="flex flex-wrap items-center gap-2 border-t px-4 py-2 text-sm">
      {day && <input type="hidden" name="day" value={day} />}
      <label htmlFor={id} className="text-muted">
        Times in
      </label>
      <div className="w-56">
        <Select key={zone} id={id} name="zone" defaultValue={zone}>
          {[...new Set([zone, own, ...zones])].map((each) => (
            <option key={each} value={each}>
              {each.replaceAll("_", " ")}
            </option>
          ))}
        </Select>
      </div>
      <Button type="submit" size="sm">
        Show
      </Button>
    </form>
  );
}
