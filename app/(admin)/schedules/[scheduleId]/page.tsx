import type { Metadata } from "next";
import { pageCaller } from "../../../_server/caller.ts";
import { found } from "../../../_server/found.ts";
import { PageHeader } from "#components/layout/page-header.tsx";
import { ScheduleForm } from "#components/schedules/schedule-form.tsx";
import { Card, CardBody } from "#components/ui/boxes/card.tsx";
import { getSchedule } from "#lib/operations/schedules/schedules.ts";
import { saveSchedule } from "../actions.ts";
import { valuesOf, zonesWith } from "../form-schema.ts";

export const metadata: Metadata = { title: "Schedule" };

export default async function SchedulePage(props: { params: Promise<{ scheduleId: string }> }) {
  const { scheduleId } = await props.params;
  const caller = await pageCaller(`/schedules/${scheduleId}`);
  const schedule = await found(getSchedule(caller, { scheduleId }));
  const { courseId, courseTitle, registrationId, registrationName, timeZone } = schedule;
  const place = courseId
    ? { label: courseTitle ?? "", href: `/courses/${courseId}/settings` }
    : { label: registrationName, href: `/registrations/${registrationId}/schedules` };
  return (
    <>
      <PageHeader
        title="Edit schedule"
        crumbs={[{ label: "Schedules", href: "/schedules" }, place]}
      />
      <Card aria-label="Schedule">
        <CardBody>
          <ScheduleForm
            action={saveSchedule}
            defaultValue={valuesOf(schedule)}
            target={{ scheduleId }}
            version={schedule.version}
            zones={zonesWith(timeZone)}
            submitLabel="Save schedule"
            cancelHref={place.href}
          />
        </CardBody>
      </Card>
    </>
  );
}
