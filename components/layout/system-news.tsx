import { Play } from "lucide-react";
import { ConfirmAct } from "#components/forms/acts/confirm-act.tsx";
import { ActionButton } from "#components/forms/acts/action-button.tsx";
import type { FormAction } from "#components/forms/form-state.ts";
import { RelativeTime } from "#components/live/time/time.tsx";
import { Banner } from "#components/ui/boxes/banner.tsx";
import { TextLink } from "#components/ui/buttons/text-link.tsx";
import { plural } from "#lib/format.ts";
import type { SystemView } from "#lib/operations/system/schema.ts";

export type NewsProps = {
  system: SystemView;
  removeDemoData: FormAction;
  resumeEverything: FormAction;
};

/** The banners of an installation, each where it has something to say. */
export function SystemNews({ system, ...props }: NewsProps) {
  return (
    <section aria-label="Installation" className="space-y-2 px-4 pt-4 sm:px-6 lg:px-8">
      {!system.secretOpens && <WrongSecret />}
      {!system.engine.alive && <EngineDown lastHeartbeatAt={system.engine.lastHeartbeatAt} />}
      {system.paused && <AllPaused pause={system.paused} resume={props.resumeEverything} />}
      {system.demoData && (
        <Banner
          tone="active"
          actions={
            <ConfirmAct
              action={props.removeDemoData}
              values={{}}
              size="sm"
              word="Remove demo data"
              title="Remove all demo data?"
              act="Remove demo data"
              typedName="demo data"
            >
              <p>
                {plural(system.demoData.registrations, "registration")} of the demo with{" "}
                {plural(system.demoData.courses, "course")} and all their rosters, line items,
                scores, runs, holds and schedules. They cannot be brought back.
              </p>
              <p>Registrations of your own, operators, keys and the audit log stay.</p>
            </ConfirmAct>
          }
        >
          <p>
            The demo’s courses and people are made up; the requests to{" "}
            <TextLink href={system.demoData.lmsUrl}>its LMS</TextLink> are real.
          </p>
        </Banner>
      )}
    </section>
  );
}

function WrongSecret() {
  return (
    <Banner tone="bad" role="alert" title="The secret is not this installation’s">
      <p>
        It does not open the signing key, so no token can be requested and every run fails. Nothing
        is lost.
      </p>
      <p className="text-muted">
        Start Rollbook with the secret that it had:{" "}
        <code className="font-mono text-xs">ROLLBOOK_SECRET</code>, or the file{" "}
        <code className="font-mono text-xs">secret</code> in the data folder. To change it, give the
        old one as <code className="font-mono text-xs">ROLLBOOK_SECRET_PREVIOUS</code>.
      </p>
    </Banner>
  );
}

function AllPaused(props: { pause: NonNullable<SystemView["paused"]>; resume: FormAction }) {
  return (
    <Banner
      tone="warn"
      title="All syncs are paused"
      actions={
        <ActionButton action={props.resume} values={{}} size="sm">
          <Play aria-hidden /> Resume all
        </ActionButton>
      }
    >
      <p>
        By {props.pause.by}, <RelativeTime at={props.pause.at} />. Scores are still accepted and go
        out when syncs are resumed.
      </p>
    </Banner>
  );
}

function EngineDown({ lastHeartbeatAt }: { lastHeartbeatAt: string | null }) {
  return (
    <Banner tone="bad" role="alert" title="No worker is running">
      <p>
        Nothing is synced; runs wait until one starts.{" "}
        {lastHeartbeatAt === null ? (
          "None was seen within a day."
        ) : (
          <>
            The last heartbeat came <RelativeTime at={lastHeartbeatAt} />.
          </>
        )}
      </p>
      <p className="text-muted">
        Check that <code className="font-mono text-xs">npm start</code> or{" "}
        <code className="font-mono text-xs">npm run worker</code> runs, that{" "}
        <code className="font-mono text-xs">ROLLBOOK_WORKER</code> is not off everywhere, and read
        its log.
      </p>
    </Banner>
  );
}
