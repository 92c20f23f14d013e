import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { pageCaller } from "../../../_server/caller.ts";
import { found } from "../../../_server/found.ts";
import type { SearchParams } from "../../../_server/prefetch.ts";
import { PageHeader } from "#components/layout/page-header.tsx";
import { ScheduleForm, type ScheduleValues } from "#components/schedules/schedule-form.tsx";
import { Card, CardBody } from "#components/ui/card.tsx";
import type { Asker } from "#lib/operations/caller.ts";
import { getCourse } from "#lib/operations/courses/courses.ts";
import { getRegistration } from "#lib/operations/registrations/registrations.ts";
import { addSchedule } from "../actions.ts";
import { localZone, zonesWith } from "../form-schema.ts";

export const metadata: Metadata = { title: "Add a schedule" };

export default async function NewSchedulePage(props: { searchParams: SearchParams }) {
  const { courseId, registrationId } = await props.searchParams;
  const caller = await pageCaller("/schedules/new");
  const target = await targetOf(caller, { courseId, registrationId });
  const zone = localZone();
  return (
    <>
      <PageHeader
        title="Add a schedule"
        crumbs={[
          { label: "Schedules", href: "/schedules" },
          { label: target.name, href: target.href },
        ]}
      />
      <Card aria-label="Schedule">
        <CardBody>
          <ScheduleForm
            action={addSchedule}
            defaultValue={{ ...NIGHTLY, timeZone: zone }}
            target={target.values}
            zones={zonesWith(zone)}
            submitLabel="Add schedule"
            cancelHref={target.href}
          />
        </CardBody>
      </Card>
    </>
  );
}

const NIGHTLY: Omit<ScheduleValues, "timeZone"> = {
  kind: "roster_sync",
  preset: "0 2 * * *",
  cron: "",
  jitterSeconds: "1800",
  blackouts: [],
  isEnabled: true,
};

type Asked = string | string[] | undefined;

async function targetOf(
  caller: Asker,
  { courseId, registrationId }: { courseId: Asked; registrationId: Asked },
): Promise<{ name: string; href: string; values: Record<string, string> }> {
  if (typeof courseId === "string") {
    const { title } = await found(getCourse(caller, { courseId }));
    return { name: title, href: `/courses/${courseId}/settings`, values: { courseId } };
  }
  if (typeof registrationId !== "string") notFound();
  const { name } = await found(getRegistration(caller, { registrationId }));
  const href = `/registrations/${registrationId}/schedules`;
  return { name, href, values: { registrationId } };
}
