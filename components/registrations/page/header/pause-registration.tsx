import { Pause } from "lucide-react";
import { ConfirmAct } from "#components/forms/acts/confirm-act.tsx";
import { PauseButton, type PauseActions } from "#components/forms/acts/pause-button.tsx";
import { underWayOf } from "#components/live/reads.ts";
import { useRead } from "#components/live/use-read.ts";
import { plural } from "#lib/format.ts";
import type { RegistrationView } from "#lib/operations/registrations/schema.ts";

/** Stops the syncs of all courses of a registration, which asks, or lets them go on. */
export function PauseRegistration(props: PauseActions & { registration: RegistrationView }) {
  const { id, name, courseCount, pausedAt } = props.registration;
  const values = { registrationId: id };
  if (pausedAt !== null) return <PauseButton {...props} isPaused values={values} />;
  return (
    <ConfirmAct
      action={props.pause}
      values={values}
      look="quiet"
      tone="go"
      word={
        <>
          <Pause aria-hidden /> Pause…
        </>
      }
      title={`Pause ${name}?`}
      act="Pause"
    >
      <p>
        Nothing is synced in its {plural(courseCount, "course")} until somebody resumes it.
        Schedules start nothing there. <Runs registrationId={id} />
      </p>
      <p>
        Other registrations go on. Nothing is lost: scores are still accepted, and go out when it is
        resumed.
      </p>
    </ConfirmAct>
  );
}

/** What is under way there. */
function Runs({ registrationId }: { registrationId: string }) {
  const { data } = useRead(underWayOf(registrationId));
  if (!data) return null;
  const { running, queued } = data.counts;
  return (
    <>
      {plural(running, "run")} under way {running === 1 ? "stops" : "stop"} at the next checkpoint,
      and {plural(queued, "run")} {queued === 1 ? "waits" : "wait"}.
    </>
  );
}
