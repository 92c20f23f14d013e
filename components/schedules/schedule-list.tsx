"use client";

import { CalendarClock, Plus } from "lucide-react";
import Link from "next/link";
import { ReadState } from "#components/live/read-state.tsx";
import { schedulesOf } from "#components/live/reads.ts";
import { useRead } from "#components/live/use-read.ts";
import { Button } from "#components/ui/buttons/button.tsx";
import { Card, CardHeader } from "#components/ui/boxes/card.tsx";
import { EmptyState } from "#components/ui/boxes/empty-state.tsx";
import type { ScheduleView } from "#lib/operations/schedules/schema.ts";
import { ScheduleRow, type ScheduleActions } from "./schedule-row.tsx";

/** The schedules of a course, of a registration, or all of them. */
export function ScheduleList(
  props: ScheduleActions & {
    of: { courseId?: string; registrationId?: string };
    newHref?: string;
    title?: string;
  },
) {
  const { of, newHref, title = "Schedules", ...actions } = props;
  const list = useRead(schedulesOf(of));
  return (
    <Card aria-labelledby="schedules">
      <CardHeader
        id="schedules"
        title={title}
        actions={
          newHref && (
            <Button asChild size="sm">
              <Link href={newHref}>
                <Plus aria-hidden /> Add a schedule
              </Link>
            </Button>
          )
        }
      />
      <ReadState of={list} errorClassName="p-3">
        {({ items }) => <Schedules schedules={items} actions={actions} />}
      </ReadState>
    </Card>
  );
}

function Schedules(props: { schedules: ScheduleView[]; actions: ScheduleActions }) {
  if (props.schedules.length === 0) {
    return (
      <EmptyState icon={CalendarClock} title="No schedules yet">
        Syncs start by hand, over the API, or by a schedule of a registration or a course.
      </EmptyState>
    );
  }
  return (
    <ul className="divide-y">
      {props.schedules.map((schedule) => (
        <ScheduleRow key={schedule.id} schedule={schedule} {...props.actions} />
      ))}
    </ul>
  );
}
