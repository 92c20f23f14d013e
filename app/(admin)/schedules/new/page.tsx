import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { pageCaller } from "../../../_server/caller.ts";
import { found } from "../../../_server/found.ts";
import { prefetch, type SearchParams } from "../../../_server/prefetch.ts";
import { PageHeader } from "#components/layout/page-header.tsx";
import { Prefetched } from "#components/live/prefetched.tsx";
import { reads } from "#components/live/reads.ts";
import { ScheduleForm, type ScheduleValues } from "#components/schedules/schedule-form.tsx";
import { TargetChooser } from "#components/schedules/target-chooser.tsx";
import { Card, CardBody } from "#components/ui/boxes/card.tsx";
import type { Asker } from "#lib/operations/caller.ts";
import { getCourse, listCourses } from "#lib/operations/courses/courses.ts";
import { getRegistration, listRegistrations } from "#lib/operations/registrations/registrations.ts";
import { addSchedule } from "../actions.ts";
import { localZone, zonesWith } from "../form-schema.ts";

export const metadata: Metadata = { title: "Add a schedule" };

export default async function NewSchedulePage(props: { searchParams: SearchParams }) {
  const { courseId, registrationId, q } = await props.searchParams;
  const caller = await pageCaller("/schedules/new");
  if (!courseId && !registrationId)
    return <ChooseTarget caller={caller} q={typeof q === "string" ? q : ""} />;
  const target = await targetOf(caller, { courseId, registrationId });
  const zone = localZone();
  const preview = { cron: NIGHTLY.preset, timeZone: zone, blackouts: "" };
  return (
    <Prefetched reads={[await prefetch(caller, reads.schedulePreview(preview))]}>
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
            zoneIsReaders
            submitLabel="Add schedule"
            cancelHref={target.href}
          />
        </CardBody>
      </Card>
    </Prefetched>
  );
}

const MOST_COURSES = 20;

async function ChooseTarget({ caller, q }: { caller: Asker; q: string }) {
  const [registrations, courses] = await Promise.all([
    listRegistrations(caller, { limit: 200 }),
    listCourses(caller, { limit: MOST_COURSES, ...(q && { q }) }),
  ]);
  return (
    <>
      <PageHeader
        title="Add a schedule"
        description="First, choose what it syncs."
        crumbs={[{ label: "Schedules", href: "/schedules" }]}
      />
      <TargetChooser
        registrations={registrations.items.map(({ id, name }) => ({ id, name }))}
        q={q}
        courses={courses.items.map(({ id, title, registrationName }) => ({
          id,
          name: title,
          note: registrationName,
        }))}
      />
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
