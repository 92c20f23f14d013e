"use client";

import { FlaskConical } from "lucide-react";
import type { ReactNode } from "react";
import { ActionButton } from "#components/forms/acts/action-button.tsx";
import type { FormAction } from "#components/forms/form-state.ts";
import { ReadState } from "#components/live/read-state.tsx";
import { reads } from "#components/live/reads.ts";
import { RelativeTime } from "#components/live/time/time.tsx";
import { useRead } from "#components/live/use-read.ts";
import { Card, CardHeader } from "#components/ui/boxes/card.tsx";
import { EmptyState } from "#components/ui/boxes/empty-state.tsx";
import type { ConnectionTestView } from "#lib/operations/connection-tests/schema.ts";
import { AudienceProbe } from "./audience-probe.tsx";
import { TestSteps } from "./test-steps.tsx";
import { testOutcome, worked } from "./test-words.ts";

type Actions = { start: FormAction; probeAudience: FormAction };

/** The latest connection test of a registration, followed while it runs. */
export function ConnectionTest({
  registrationId,
  start,
  probeAudience,
}: Actions & { registrationId: string }) {
  const test = useRead(reads.connectionTest({ registrationId }));
  const run = (
    <ActionButton
      action={start}
      values={{ registrationId }}
      look={test.data && worked(test.data) ? "secondary" : "primary"}
    >
      {test.data ? "Test again" : "Test connection"}
    </ActionButton>
  );
  return (
    <div className="space-y-4">
      <ReadState of={test} waiting={null}>
        {(latest) => (
          <>
            {latest?.audienceProbe && (
              <AudienceProbe
                registrationId={registrationId}
                probe={latest.audienceProbe}
                action={probeAudience}
              />
            )}
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
          </>
        )}
      </ReadState>
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
