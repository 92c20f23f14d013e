import type { Metadata } from "next";
import { pageCaller } from "../../_server/caller.ts";
import { prefetch } from "../../_server/prefetch.ts";
import { PageHeader } from "#components/layout/page-header.tsx";
import { Prefetched } from "#components/live/prefetched.tsx";
import { schedulesOf } from "#components/live/reads.ts";
import { ScheduleList } from "#components/schedules/schedule-list.tsx";
import { disable, enable, remove } from "./actions.ts";

export const metadata: Metadata = { title: "Schedules" };

export default async function SchedulesPage() {
  const caller = await pageCaller("/schedules");
  return (
    <>
      <PageHeader title="Schedules" description="When syncs start by themselves." />
      <Prefetched reads={[await prefetch(caller, schedulesOf({}))]}>
        <ScheduleList
          of={{}}
          title="All schedules"
          newHref="/schedules/new"
          enable={enable}
          disable={disable}
          remove={remove}
        />
      </Prefetched>
    </>
  );
}
