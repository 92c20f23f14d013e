"use client";

import { FlaskConical } from "lucide-react";
import { ActionButton } from "#components/forms/action-button.tsx";
import type { FormAction } from "#components/forms/form-state.ts";
import { LoadError } from "#components/errors/load-error.tsx";
import { RelativeTime } from "#components/live/time.tsx";
import { useLiveResource } from "#components/live/use-live-resource.ts";
import { Card, CardHeader } from "#components/ui/card.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import type { ConnectionTestView } from "#lib/operations/schemas/connection-test.ts";
import { AudienceProbe } from "./audience-probe.tsx";
import { TestSteps } from "./test-steps.tsx";

const VERDICTS = {
  passed: "The connection works",
  warned: "The connection works, with something to look at",
  failed: "The connection does not work yet",
} as const;

/** The latest connection test of a registration, followed while it runs. */
export function ConnectionTest({
  registrationId,
  start,
}: {
  registrationId: string;
  start: FormAction;
}) {
  const test = useLiveResource<ConnectionTestView | null>(
    `/api/v1/registrations/${registrationId}/test`,
    {},
    (latest) => latest !== null && latest.finishedAt === null,
  );
  const latest = test.data ?? null;
  const run = (
    <ActionButton action={start} values={{ registrationId }} look="primary">
      {latest ? "Test again" : "Test connection"}
    </ActionButton>
  );
  return (
    <div className="space-y-4">
      {test.error && (
        <LoadError error={test.error} retry={() => void test.refetch()} hasData={latest !== null} />
      )}
      {latest?.audienceProbe && (
        <AudienceProbe registrationId={registrationId} probe={latest.audienceProbe} start={start} />
      )}
      <Card aria-labelledby="test">
        {latest ? (
          <>
            <CardHeader
              id="test"
              title={
                <span role="status">
                  {latest.verdict ? VERDICTS[latest.verdict] : "Testing the connection"}
                </span>
              }
              description={
                <>
                  Started by {latest.startedBy}, <RelativeTime at={latest.startedAt} />
                </>
              }
              actions={run}
            />
            <TestSteps steps={latest.steps} />
          </>
        ) : (
          <EmptyState icon={FlaskConical} title="Not tested yet" actions={run}>
            <p id="test">
              Asks the platform step by step, reads only, and says in its own words what it refuses:
              addresses, keys, token, scopes, one roster and the line items.
            </p>
          </EmptyState>
        )}
      </Card>
    </div>
  );
}
