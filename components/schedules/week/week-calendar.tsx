"use client";

import { ChevronLeft, ChevronRight } from "lucide-react";
import Link from "next/link";
import { ReadState } from "#components/live/read-state.tsx";
import { reads } from "#components/live/reads.ts";
import { useRead } from "#components/live/use-read.ts";
import { Button } from "#components/ui/buttons/button.tsx";
import { Card, CardHeader } from "#components/ui/boxes/card.tsx";
import { formatCount, plural } from "#lib/format.ts";
import type { CalendarEntry, ScheduleWeek } from "#lib/operations/schedules/week/week-schema.ts";
import { isStarted } from "./entry-words.ts";
import { addDays, weekName } from "./week-days.ts";
import { WeekList } from "./week-list.tsx";
import { WeekTable } from "./week-table.tsx";
import { WeekZone } from "./week-zone.tsx";

type Place = { day?: string; zone: string };

/** A week of what schedules started and will start, moved by links; a table, or a list on a phone. */
export function WeekCalendar(props: Place & { zones: string[]; isZoneGiven: boolean }) {
  const { day, zone } = props;
  const read = useRead(reads.scheduleWeek({ timeZone: zone, day }));
  return (
    <Card aria-labelledby="week">
      <ReadState of={read} errorClassName="p-3">
        {(week) => (
          <>
            <CardHeader
              id="week"
              title={weekName(week)}
              description={<Words week={week} />}
              actions={<Moves week={week} zone={zone} />}
            />
            <div className="hidden md:block">
              <WeekTable week={week} />
            </div>
            <div className="md:hidden">
              <WeekList week={week} />
            </div>
          </>
        )}
      </ReadState>
      <WeekZone {...props} />
    </Card>
  );
}

function Words({ week }: { week: ScheduleWeek }) {
  const count = (entries: CalendarEntry[]) => entries.reduce((sum, each) => sum + each.count, 0);
  const words = [
    `${plural(count(week.entries.filter(({ state }) => isStarted(state))), "run")} started`,
    `${formatCount(count(week.entries.filter(({ state }) => state === "planned")))} to come`,
    week.left > 0 && `${plural(week.left, "schedule")} with more times than are shown`,
  ];
  return <>{words.filter(Boolean).join(", ")}</>;
}

function Moves({ week, zone }: { week: ScheduleWeek; zone: string }) {
  const first = week.days[0]!.date;
  const isThisWeek = week.days.some(({ date }) => date === week.today);
  return (
    <nav aria-label="Weeks" className="flex items-center gap-1">
      <Button asChild size="sm">
        <Link href={weekHref({ day: addDays(first, -7), zone })} scroll={false}>
          <ChevronLeft aria-hidden /> Week before
        </Link>
      </Button>
      {!isThisWeek && (
        <Button asChild size="sm">
          <Link href={weekHref({ zone })} scroll={false}>
            This week
          </Link>
        </Button>
      )}
      <Button asChild size="sm">
        <Link href={weekHref({ day: addDays(first, 7), zone })} scroll={false}>
          Week after <ChevronRight aria-hidden />
        </Link>
      </Button>
    </nav>
  );
}

function weekHref({ day, zone }: Place): string {
  return `/schedules?${new URLSearchParams({ ...(day && { day }), zone }).toString()}`;
}
