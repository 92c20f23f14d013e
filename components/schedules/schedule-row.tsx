import { CirclePause, Clock, Pencil, Trash2 } from "lucide-react";
import Link from "next/link";
import { ConfirmAct } from "#components/forms/acts/confirm-act.tsx";
import { ActionButton } from "#components/forms/acts/action-button.tsx";
import type { FormAction } from "#components/forms/form-state.ts";
import { RelativeTime } from "#components/live/time/time.tsx";
import { KIND_WORDS } from "#components/runs/kind-words.ts";
import { Button } from "#components/ui/buttons/button.tsx";
import { Disclosure } from "#components/ui/boxes/disclosure.tsx";
import { Status } from "#components/ui/text/status.tsx";
import { TextLink } from "#components/ui/buttons/text-link.tsx";
import { formatBlackout } from "#lib/format.ts";
import type { ScheduleView } from "#lib/operations/schedules/schema.ts";
import { cronWords } from "./cron-words.ts";

export type ScheduleActions = { enable: FormAction; disable: FormAction; remove: FormAction };

/** What a schedule starts, when, what became of its last turn and when the next ones are. */
export function ScheduleRow(props: ScheduleActions & { schedule: ScheduleView }) {
  const { schedule } = props;
  const [next] = schedule.nextTimes;
  return (
    <li className="space-y-2 px-4 py-3 text-sm">
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
        <div className="min-w-0 space-y-0.5">
          <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
            <span className="font-semibold">{cronWords(schedule.cron)}</span>
            <span className="text-muted">{schedule.timeZone}</span>
            {schedule.isEnabled ? (
              <Status tone="ok" icon={Clock}>
                Enabled
              </Status>
            ) : (
              <Status tone="idle" icon={CirclePause}>
                Disabled
              </Status>
            )}
          </p>
          <p>
            {KIND_WORDS[schedule.kind].scheduled} <Target schedule={schedule} />
          </p>
        </div>
        <Acts {...props} />
      </div>
      <p className="text-muted">
        {next ? (
          <>
            Next {next.local} (<RelativeTime at={next.at} />)
            {next.isBlackedOut && ", skipped: inside a blackout"}.{" "}
          </>
        ) : (
          "Starts nothing while it is disabled. "
        )}
        <LastTurn schedule={schedule} />
      </p>
      <Disclosure summary="Next times, limits, delete">
        <Details schedule={schedule} />
        <div className="mt-3 flex flex-wrap items-center gap-2 text-muted">
          <ConfirmAct
            action={props.remove}
            values={{ scheduleId: schedule.id }}
            size="sm"
            word={
              <>
                <Trash2 aria-hidden /> Delete
              </>
            }
            label={`Delete “${cronWords(schedule.cron)}”`}
            title="Delete this schedule?"
            act="Delete the schedule"
          >
            <p>
              “{cronWords(schedule.cron)}” starts nothing any more in{" "}
              {schedule.courseTitle ?? `all courses of ${schedule.registrationName}`}, and it is
              gone for good. To stop it for a while, switch it off instead.
            </p>
            <p>Runs that it started go on.</p>
          </ConfirmAct>
          Runs that it started go on.
        </div>
      </Disclosure>
    </li>
  );
}

function Target({ schedule }: { schedule: ScheduleView }) {
  const { courseId, courseTitle, registrationId, registrationName } = schedule;
  if (courseId)
    return <TextLink href={`/courses/${courseId}/settings`}>{courseTitle ?? "a course"}</TextLink>;
  return (
    <>
      all courses of{" "}
      <TextLink href={`/registrations/${registrationId}/schedules`}>{registrationName}</TextLink>
    </>
  );
}

function LastTurn({ schedule }: { schedule: ScheduleView }) {
  const { lastFiredAt, lastSkipReason, lastRunId } = schedule;
  if (!lastFiredAt) return <>Its time has not come yet.</>;
  return (
    <>
      Last turn <RelativeTime at={lastFiredAt} />:{" "}
      {lastSkipReason ? (
        `skipped, ${lastSkipReason}`
      ) : lastRunId ? (
        <TextLink href={`/runs/${lastRunId}`}>started this run</TextLink>
      ) : (
        "started"
      )}
      .
    </>
  );
}

function Acts({ schedule, enable, disable }: ScheduleActions & { schedule: ScheduleView }) {
  const { id, isEnabled, cron } = schedule;
  const values = { scheduleId: id };
  const name = cronWords(cron);
  return (
    <div className="flex flex-wrap gap-1.5">
      <Button asChild size="sm">
        <Link href={`/schedules/${id}`} aria-label={`Edit “${name}”`}>
          <Pencil aria-hidden /> Edit
        </Link>
      </Button>
      <ActionButton
        action={isEnabled ? disable : enable}
        values={values}
        size="sm"
        label={`${isEnabled ? "Disable" : "Enable"} “${name}”`}
      >
        {isEnabled ? "Disable" : "Enable"}
      </ActionButton>
    </div>
  );
}

function Details({ schedule }: { schedule: ScheduleView }) {
  const { blackouts, jitterSeconds, nextTimes, createdBy, cron } = schedule;
  return (
    <dl className="grid gap-x-4 gap-y-1.5 sm:grid-cols-[8rem_minmax(0,1fr)]">
      <dt className="text-muted">Next times</dt>
      <dd>
        {nextTimes.length === 0
          ? "None while it is disabled"
          : nextTimes.map(({ at, local, isBlackedOut }) => (
              <span key={at} className="block tabular-nums">
                {local}
                {isBlackedOut && " (skipped: inside a blackout)"}
              </span>
            ))}
      </dd>
      <dt className="text-muted">Cron</dt>
      <dd>
        <code className="font-mono">{cron}</code>
      </dd>
      <dt className="text-muted">Spread</dt>
      <dd>{jitterSeconds === 0 ? "At once" : `Over ${Math.ceil(jitterSeconds / 60)} min`}</dd>
      <dt className="text-muted">Blackouts</dt>
      <dd>
        {blackouts.length === 0
          ? "None"
          : blackouts.map(formatBlackout).map((words) => (
              <span key={words} className="block">
                {words}
              </span>
            ))}
      </dd>
      <dt className="text-muted">Made by</dt>
      <dd>{createdBy}</dd>
    </dl>
  );
}
