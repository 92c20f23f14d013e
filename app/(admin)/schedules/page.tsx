import { Plus } from "lucide-react";
import type { Metadata } from "next";
import { pageCaller } from "../../_server/caller.ts";
import { prefetch, type SearchParams } from "../../_server/prefetch.ts";
import { ActLink } from "#components/access/act-link.tsx";
import { PageHeader } from "#components/layout/page-header.tsx";
import { Prefetched } from "#components/live/prefetched.tsx";
import { reads, schedulesOf } from "#components/live/reads.ts";
import { ScheduleList } from "#components/schedules/schedule-list.tsx";
import { WeekCalendar } from "#components/schedules/week/week-calendar.tsx";
import { ScheduleWeekQuery } from "#lib/operations/schedules/week/week-schema.ts";
import { disable, enable, remove } from "./actions.ts";
import { localZone } from "./form-schema.ts";

export const metadata: Metadata = { title: "Schedules" };

export default async function SchedulesPage(props: { searchParams: SearchParams }) {
  const caller = await pageCaller("/schedules");
  const { day, zone } = await props.searchParams;
  const asked = askedFor({ day, zone });
  const schedules = await prefetch(caller, schedulesOf({}));
  const timeZone = asked.zone ?? localZone();
  const week = await prefetch(caller, reads.scheduleWeek({ day: asked.day, timeZone }));
  const zones = new Set(["UTC", localZone(), ...schedules.data.items.map((each) => each.timeZone)]);
  return (
    <>
      <PageHeader
        title="Schedules"
        description="When syncs start by themselves."
        actions={
          <ActLink href="/schedules/new" look="primary">
            <Plus aria-hidden /> Add a schedule
          </ActLink>
        }
      />
      <Prefetched reads={[schedules, week]}>
        <div className="space-y-5">
          <WeekCalendar
            day={asked.day}
            zone={timeZone}
            zones={[...zones]}
            isZoneGiven={asked.zone !== undefined}
          />
          <ScheduleList
            of={{}}
            title="All schedules"
            enable={enable}
            disable={disable}
            remove={remove}
          />
        </div>
      </Prefetched>
    </>
  );
}

type Asked = string | string[] | undefined;

/** An address that names no day or no zone is of this week, or by this machine's clock. */
function askedFor({ day, zone }: { day: Asked; zone: Asked }): { day?: string; zone?: string } {
  const { shape } = ScheduleWeekQuery;
  return {
    day: shape.day.safeParse(day).data,
    zone: shape.timeZone.safeParse(zone).data,
  };
}
