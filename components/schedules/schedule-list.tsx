"use client";

import { CalendarClock, Plus } from "lucide-react";
import Link from "next/link";
import { LoadError } from "#components/errors/load-error.tsx";
import { useLiveResource } from "#components/live/use-live-resource.ts";
import { Button } from "#components/ui/button.tsx";
import { Card, CardHeader } from "#components/ui/card.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { SkeletonRows } from "#components/ui/skeleton.tsx";
import type { Page } from "#lib/operations/fields.ts";
import type { ScheduleView } from "#lib/operations/schedules/schema.ts";
import { ScheduleRow, type ScheduleActions } from "./schedule-row.tsx";

/** The schedules of a course, of a registration, or all of them. */
export function ScheduleList(
  props: ScheduleActions & { query: Record<string, string>; newHref?: string; title?: string },
) {
  const { query, newHref, title = "Schedules", ...actions } = props;
  const list = useLiveResource<Page<ScheduleView>>("/api/v1/schedules", query);
  const schedules = list.data?.items;
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
      {list.error && (
        <div className="p-3">
          <LoadError
            error={list.error}
            retry={() => void list.refetch()}
            hasData={schedules !== undefined}
          />
        </div>
      )}
      {!schedules && !list.error && <SkeletonRows />}
      {schedules?.length === 0 && (
        <EmptyState icon={CalendarClock} title="No schedules yet">
          Syncs start by hand, over the API, or by a schedule of a registration or a course.
        </EmptyState>
      )}
      {schedules && schedules.length > 0 && (
        <ul className="divide-y">
          {schedules.map((schedule) => (
            <ScheduleRow key={schedule.id} schedule={schedule} {...actions} />
          ))}
        </ul>
      )}
    </Card>
  );
}
