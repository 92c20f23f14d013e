import { Zap } from "lucide-react";
import { ActionButton } from "#components/forms/acts/action-button.tsx";
import type { FormAction } from "#components/forms/form-state.ts";
import { ClockTime, RelativeTime } from "#components/live/time/time.tsx";
import { Banner } from "#components/ui/boxes/banner.tsx";
import type { RegistrationView } from "#lib/operations/registrations/schema.ts";

export type PacingProps = { registration: RegistrationView; tryNow: FormAction };

/** That a platform is left alone: until when, why, and the way to try it now. */
export function PlatformPacing(props: PacingProps) {
  const { id, flow } = props.registration;
  if (!flow) return null;
  return (
    <Banner
      tone="warn"
      role="status"
      className="mb-4"
      title={
        flow.silentSince ? (
          <>
            The platform does not answer since <ClockTime at={flow.silentSince} />
          </>
        ) : (
          "The platform asked to be left alone"
        )
      }
      actions={
        flow.coolingDownUntil && (
          <ActionButton action={props.tryNow} values={{ registrationId: id }} size="sm">
            <Zap aria-hidden /> Try now
          </ActionButton>
        )
      }
    >
      <p>
        {flow.coolingDownUntil ? (
          <>
            Nothing is sent before <ClockTime at={flow.coolingDownUntil} /> (
            <RelativeTime at={flow.coolingDownUntil} />
            ); what waits goes on by itself then.
          </>
        ) : (
          "One call at a time finds out whether it is back."
        )}
      </p>
      {flow.reason && <p className="text-muted first-letter:uppercase">{flow.reason}.</p>}
    </Banner>
  );
}
