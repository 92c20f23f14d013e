import type { Metadata } from "next";
import { pageCaller } from "../../_server/caller.ts";
import { PageHeader } from "#components/layout/page-header.tsx";
import { FirstPaint } from "#components/live/first-paint.tsx";
import { ScheduleList } from "#components/schedules/schedule-list.tsx";
import { listSchedules } from "#lib/operations/schedules/schedules.ts";
import { disable, enable, remove } from "./actions.ts";

export const metadata: Metadata = { title: "Schedules" };

const query = { limit: "200" };

export default async function SchedulesPage() {
  const caller = await pageCaller("/schedules");
  const data = await listSchedules(caller, { limit: 200 });
  return (
    <>
      <PageHeader
        title="Schedules"
        description="When syncs start by themselves. Add one on a registration or in a course’s settings."
      />
      <FirstPaint reads={[{ path: "/api/v1/schedules", query, data }]}>
        <ScheduleList
          query={query}
          title="All schedules"
          enable={enable}
          disable={disable}
          remove={remove}
        />
      </FirstPaint>
    </>
  );
}
