import { RelativeTime } from "#components/live/time/time.tsx";
import { Card, CardHeader } from "#components/ui/boxes/card.tsx";
import { TextLink } from "#components/ui/buttons/text-link.tsx";
import { RUN_KIND_NAMES } from "#lib/format.ts";
import type { UpcomingSync } from "#lib/operations/overview/activity-schema.ts";

/** What schedules start next, the soonest first. */
export function UpcomingSyncs({ syncs }: { syncs: UpcomingSync[] }) {
  return (
    <Card aria-labelledby="upcoming">
      <CardHeader
        id="upcoming"
        title="Next by schedule"
        actions={
          <TextLink href="/schedules" className="text-sm">
            All schedules
          </TextLink>
        }
      />
      {syncs.length === 0 ? (
        <p className="px-4 py-6 text-sm text-muted">
          No schedule will start anything. A registration has its own under Schedules.
        </p>
      ) : (
        <ul className="divide-y">
          {syncs.map((sync) => (
            <li
              key={sync.scheduleId}
              className="flex items-baseline justify-between gap-3 px-4 py-2 text-sm"
            >
              <span className="min-w-0 truncate">
                <TextLink href={`/schedules/${sync.scheduleId}`}>
                  {RUN_KIND_NAMES[sync.kind]}
                </TextLink>{" "}
                <span className="text-muted">
                  of {sync.courseTitle ?? `all courses of ${sync.registrationName}`}
                </span>
              </span>
              <span className="shrink-0 text-xs text-muted">
                <RelativeTime at={sync.at} />
              </span>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
