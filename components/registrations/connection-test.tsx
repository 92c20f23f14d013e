"use client";

import { FlaskConical } from "lucide-react";
import type { ReactNode } from "react";
import { ActionButton } from "#components/forms/action-button.tsx";
import type { FormAction } from "#components/forms/form-state.ts";
import { LoadError } from "#components/errors/load-error.tsx";
import { RelativeTime } from "#components/live/time.tsx";
import { useLiveResource } from "#components/live/use-live-resource.ts";
import { Card, CardHeader } from "#components/ui/card.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import type { ConnectionTestView } from "#lib/operations/connection-tests/schema.ts";
import { AudienceProbe } from "./audience-probe.tsx";
import { TestSteps } from "./test-steps.tsx";
import { testOutcome } from "./test-words.ts";

type Actions = { start: FormAction; probeAudience: FormAction };

/** The latest connection test of a registration, followed while it runs. */
export function ConnectionTest({
  registrationId,
  start,
  probeAudience,
}: Actions & { registrationId: string }) {
  const test = useLiveResource<ConnectionTestView | null>(
    `/api/v1/registrations/${registrationId}/test`,
    {},
    (latest) => latest?.state === "running",
  );
  const latest = test.data;
  const run = (
    <ActionButton action={start} values={{ registrationId }} look="primary">
      {latest ? "Test again" : "Test connection"}
    </ActionButton>
  );
  return (
    <div className="space-y-4">
      {test.error && (
        <LoadError error={test.error} retry={() => void test.refetch()} hasData={Boolean(latest)} />
      )}
      {latest?.audienceProbe && (
        <AudienceProbe
          registrationId={registrationId}
          probe={latest.audienceProbe}
          action={probeAudience}
        />
      )}
      {latest !== undefined && (
        <Card aria-label="Connection test">
          {latest ? (
            <Latest latest={latest} run={run} />
          ) : (
            <EmptyState icon={FlaskConical} title="Not tested yet" actions={run}>
              <p>
                Asks the platform step by step, reads only, and says in its own words what it
                refuses: addresses, keys, token, scopes, one roster and the line items.
              </p>
            </EmptyState>
          )}
        </Card>
      )}
    </div>
  );
}

function Latest({ latest, run }: { latest: ConnectionTestView; run: ReactNode }) {
  return (
    <>
      <CardHeader
        title={<span role="status">{testOutcome(latest).sentence}</span>}
        description={
          <>
            Started by {latest.startedBy}, <RelativeTime at={latest.startedAt} />
          </>
        }
        actions={latest.state !== "running" && run}
      />
      <TestSteps steps={latest.steps} />
    </>
  );
}
