import { CircleCheck, CircleX } from "lucide-react";
import { ActionButton } from "#components/forms/acts/action-button.tsx";
import type { FormAction } from "#components/forms/form-state.ts";
import { Banner } from "#components/ui/boxes/banner.tsx";
import type { ConnectionTestView } from "#lib/operations/connection-tests/schema.ts";

type Probe = NonNullable<ConnectionTestView["audienceProbe"]>;

/** Offered when the platform may not accept whom our assertion is addressed to. */
export function AudienceProbe(props: { registrationId: string; probe: Probe; action: FormAction }) {
  const { probe } = props;
  if (!probe.offered && probe.tried.length === 0) return null;
  return (
    <Banner tone={probe.worked ? "ok" : "active"} title={titleOf(probe)}>
      {probe.offered && (
        <>
          <p>
            Rollbook can ask for a token under the token endpoint, the issuer and both as the
            audience, once each, and keep what works.
          </p>
          <div className="pt-1">
            <ActionButton
              action={props.action}
              values={{ registrationId: props.registrationId }}
              size="sm"
            >
              Try the others
            </ActionButton>
          </div>
        </>
      )}
      {probe.tried.length > 0 && <Attempts tried={probe.tried} />}
      {probe.worked && <p>Test again to see the steps that were not reached.</p>}
    </Banner>
  );
}

function titleOf({ offered, worked }: Probe): string {
  if (worked) return "An audience was found and stored";
  return offered
    ? "The platform may know us under another audience"
    : "No other audience is accepted: the reason is another one";
}

function Attempts({ tried }: Pick<Probe, "tried">) {
  return (
    <ul className="space-y-1">
      {tried.map((attempt) => (
        <li key={attempt.audience} className="flex items-start gap-2">
          {attempt.accepted ? (
            <CircleCheck aria-label="Accepted" className="mt-0.5 size-4 shrink-0 text-ok" />
          ) : (
            <CircleX aria-label="Refused" className="mt-0.5 size-4 shrink-0 text-bad" />
          )}
          <span className="min-w-0">
            <code className="font-mono text-xs break-all">{attempt.audience}</code>
            {attempt.verbatim && (
              <span className="block text-xs break-words whitespace-pre-wrap text-muted">
                {attempt.verbatim}
              </span>
            )}
          </span>
        </li>
      ))}
    </ul>
  );
}
