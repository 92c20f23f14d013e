import { CircleCheck, CircleX } from "lucide-react";
import { ActionButton } from "#components/forms/action-button.tsx";
import type { FormAction } from "#components/forms/form-state.ts";
import { Banner } from "#components/ui/banner.tsx";
import type { ConnectionTestView } from "#lib/operations/schemas/connection-test.ts";

/** Offered when the platform does not accept whom our assertion is addressed to. */
export function AudienceProbe(props: {
  registrationId: string;
  probe: NonNullable<ConnectionTestView["audienceProbe"]>;
  start: FormAction;
}) {
  const { probe } = props;
  if (!probe.offered && probe.tried.length === 0) return null;
  return (
    <Banner
      tone={probe.worked ? "ok" : "active"}
      title={probe.worked ? "An audience was found and stored" : "Another audience may be accepted"}
      actions={
        !probe.worked && (
          <ActionButton
            action={props.start}
            values={{ registrationId: props.registrationId, probeAudience: "on" }}
          >
            Try the others
          </ActionButton>
        )
      }
    >
      {probe.tried.length === 0 ? (
        <p>
          The platform said invalid_client. Rollbook can try the token endpoint, the issuer and both
          as the audience, once each, and keep what works.
        </p>
      ) : (
        <ul className="space-y-1">
          {probe.tried.map((attempt) => (
            <li key={attempt.audience} className="flex items-start gap-2">
              {attempt.accepted ? (
                <CircleCheck aria-label="Accepted" className="mt-0.5 size-4 shrink-0 text-ok" />
              ) : (
                <CircleX aria-label="Refused" className="mt-0.5 size-4 shrink-0 text-bad" />
              )}
              <span>
                <code className="font-mono text-xs break-all">{attempt.audience}</code>
                {attempt.verbatim && (
                  <span className="block text-xs text-muted">{attempt.verbatim}</span>
                )}
              </span>
            </li>
          ))}
        </ul>
      )}
    </Banner>
  );
}
