import type { Metadata } from "next";
import { pageCaller } from "../../../../_server/caller.ts";
import { found } from "../../../../_server/found.ts";
import { FirstPaint } from "#components/live/first-paint.tsx";
import { ScheduleList } from "#components/schedules/schedule-list.tsx";
import { getRegistration } from "#lib/operations/registrations/registrations.ts";
import { listSchedules } from "#lib/operations/schedules/schedules.ts";
import { disable, enable, remove } from "../../../schedules/actions.ts";

export const metadata: Metadata = { title: "Schedules" };

export default async function RegistrationSchedulesPage(props: {
  params: Promise<{ registrationId: string }>;
}) {
  const { registrationId } = await props.params;
  const caller = await pageCaller(`/registrations/${registrationId}/schedules`);
  const { archivedAt } = await found(getRegistration(caller, { registrationId }));
  const data = await listSchedules(caller, { registrationId, limit: 200 });
  const query = { registrationId, limit: "200" };
  return (
    <FirstPaint reads={[{ path: "/api/v1/schedules", query, data }]}>
      <ScheduleList
        query={query}
        title="Schedules of this registration and its courses"
        newHref={archivedAt ? undefined : `/schedules/new?registrationId=${registrationId}`}
        enable={enable}
        disable={disable}
        remove={remove}
      />
    </FirstPaint>
  );
}
