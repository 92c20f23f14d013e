import * as stored from "#lib/db/overview/activity.ts";
import type { Asker, Caller } from "../caller.ts";
import { permit, registrationsOf } from "../permit.ts";
import { nextStartOf } from "../schedules/next-times.ts";
import { blackoutsOf, nextCandidates } from "#lib/db/schedules/schedules.ts";
import {
  ActivityQuery,
  type Activity,
  type ActivityPeriod,
  type UpcomingSync,
} from "./activity-schema.ts";
import { validated } from "../validated.ts";

const HOUR = 3_600;
const DAY = 24 * HOUR;

/** Steps that are whole hours and days in UTC. */
const STEPS: Record<ActivityPeriod, stored.Steps> = {
  "24h": { seconds: HOUR, count: 24 },
  "7d": { seconds: 6 * HOUR, count: 28 },
  "30d": { seconds: DAY, count: 30 },
};

const SHOWN_CAUSES = 6;
const SHOWN_REGISTRATIONS = 12;

/**
 * What was done and what failed over a period, beside the period before, and where it hurt: in
 * all registrations, or in those the asker is limited to.
 */
export async function getActivity(asker: Asker, query: Partial<ActivityQuery>): Promise<Activity> {
  const caller = await permit(asker, "read", "within");
  const { period } = validated(ActivityQuery, query);
  const steps = STEPS[period];
  const { db } = caller;
  const within = registrationsOf(caller.actor);
  const [done, before, causes, strip] = await Promise.all([
    stored.activity(db, steps, within),
    stored.activityBefore(db, steps, within),
    stored.failureCauses(db, steps, SHOWN_CAUSES, within),
    stored.failureStrip(db, steps, SHOWN_REGISTRATIONS, within),
  ]);
  return {
    period,
    stepSeconds: steps.seconds,
    steps: done.map(({ at, ...sums }) => ({ at: at.toISOString(), ...sums })),
    before,
    causes,
    registrations: strip,
    upcoming: await upcomingSyncs(caller),
  };
}

const LOOKED_AT = 500;
const SHOWN_SYNCS = 6;

/** What schedules start next, the soonest first; turns that fall into a blackout start nothing. */
async function upcomingSyncs({ db, engine, now, actor }: Caller): Promise<UpcomingSync[]> {
  const schedules = await nextCandidates(db, { limit: LOOKED_AT, within: registrationsOf(actor) });
  return schedules
    .flatMap((schedule) => {
      const recurrence = { ...schedule, blackouts: blackoutsOf(schedule) };
      const next = nextStartOf(engine, recurrence, now());
      if (!next) return [];
      const { id, kind, registrationId, courseId, registration, course } = schedule;
      return [
        {
          scheduleId: id,
          kind,
          registrationId,
          registrationName: registration.name,
          courseId,
          courseTitle: course?.title ?? null,
          at: next.toISOString(),
        },
      ];
    })
    .sort((a, b) => a.at.localeCompare(b.at))
    .slice(0, SHOWN_SYNCS);
}
