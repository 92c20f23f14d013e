import type { Metadata } from "next";
import { pageCaller } from "../../../../_server/caller.ts";
import { prefetch } from "../../../../_server/prefetch.ts";
import { Prefetched } from "#components/live/prefetched.tsx";
import { reads, schedulesOf } from "#components/live/reads.ts";
import { ScheduleList } from "#components/schedules/schedule-list.tsx";
import { disable, enable, remove } from "../../../schedules/actions.ts";

export const metadata: Metadata = { title: "Schedules" };

export default async function RegistrationSchedulesPage(props: {
  params: Promise<{ registrationId: string }>;
}) {
  const { registrationId } = await props.params;
  const caller = await pageCaller(`/registrations/${registrationId}/schedules`);
  const [registration, schedules] = await Promise.all([
    prefetch(caller, reads.registration({ registrationId })),
    prefetch(caller, schedulesOf({ registrationId })),
  ]);
  const { archivedAt } = registration.data;
  return (
    <Prefetched reads={[schedules]}>
      <ScheduleList
        of={{ registrationId }}
        title="Schedules of this registration and its courses"
        newHref={archivedAt ? undefined : `/schedules/new?registrationId=${registrationId}`}
        enable={enable}
        disable={disable}
        remove={remove}
      />
    </Prefetched>
  );
}
